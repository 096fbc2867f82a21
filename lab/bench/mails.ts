import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '../provider/messages.ts';
import { shellOn } from '../servers/ssh.ts';
import type { Relay } from './relays.ts';

/** A site: `php send.php LABEL WORKERS EACH PAUSE_S TO`, for each mail a line: when, how long, and what mail() said. */
const sendProgram = `<?php
[ , $label, $workers, $each, $pause, $to ] = $argv;
for ( $worker = 0; $worker < $workers; $worker++ ) {
	if ( 0 !== pcntl_fork() ) {
		continue;
	}
	for ( $at = 0; $at < $each; $at++ ) {
		$from = hrtime( true );
		$when = microtime( true );
		$taken = @mail( $to, "$label $worker $at", 'From a site.', 'From: site@example.org' );
		$took = ( hrtime( true ) - $from ) / 1e6;
		fwrite( STDOUT, sprintf( "%.3f %.3f %d\\n", $when * 1000, $took, $taken ) );
		usleep( (int) max( 0, $pause * 1e6 - $took * 1000 ) );
	}
	exit( 0 );
}
while ( pcntl_wait( $status ) > 0 );
`;

/** Puts the site on a server. */
export async function addSite( { server }: Relay, signal: AbortSignal ): Promise< void > {
	await shellOn( server, `cat >/usr/local/bin/send.php <<'PHP'\n${ sendProgram }PHP\n`, { signal } );
}

export interface Sending {
	/** Unix users who send at once, each as much; the label of each ends with its name. By default www-data, with the label alone. */
	users?: readonly string[];
	/** Begins the subject of each. */
	label: string;
	workers?: number;
	each: number;
	pauseS?: number;
	to?: string;
}

export interface Sent {
	/** How long each mail() took, in ms. */
	timesMs: number[];
	/** How many mail() said it had not taken. */
	refused: number;
	/** When the first was handed over, ms since the epoch: servers share the clock of this machine. */
	fromMs: number;
}

/** Sends as www-data or other users, `workers` at once, each `each` in sequence, one each `pauseS` seconds where they are that fast. */
export async function send(
	{ server }: Relay,
	{ users, label, workers = 1, each, pauseS = 0, to = 'inbox@example.com' }: Sending,
	signal: AbortSignal
): Promise< Sent > {
	const as = ( user: string, named: string ) =>
		`runuser -u ${ user } -- php /usr/local/bin/send.php '${ named }' ${ workers } ${ each } ${ pauseS } '${ to }'`;
	// one session for all: sshd refuses many that begin at once
	const command = users
		? `${ users.map( ( user ) => `${ as( user, `${ label }-${ user }` ) } &` ).join( '\n' ) }\nwait`
		: as( 'www-data', label );
	const expected = workers * each * ( users?.length ?? 1 );
	const lines = ( await shellOn( server, command, { signal } ) ).trim().split( '\n' );
	const told = lines.map( ( line ) => line.split( ' ' ).map( Number ) as [ number, number, number ] );
	if ( told.length !== expected ) {
		throw new Error( `${ server.name } tried ${ told.length } mails instead of ${ expected }.` );
	}
	return {
		timesMs: told.map( ( [ , took ] ) => took ),
		refused: told.filter( ( [ , , taken ] ) => taken !== 1 ).length,
		fromMs: Math.min( ...told.map( ( [ when ] ) => when ) ),
	};
}

export interface Arrived {
	/** Different mails of this label. */
	mails: number;
	/** Those that came again. */
	twice: number;
	/** When the last one came, ms since the epoch; 0 for none. */
	lastMs: number;
}

/** Forgets what has arrived so far. */
export async function emptyInbox( inboxUrl: string ): Promise< void > {
	await fetch( `${ inboxUrl }/messages`, { method: 'DELETE' } );
}

/** Waits until all have arrived, or until nothing new came for `patienceS`. */
export async function arrivals(
	inboxUrl: string,
	{ label, expected, patienceS, signal }: { label: string; expected: number; patienceS: number; signal: AbortSignal }
): Promise< Arrived > {
	for ( let quietSince = Date.now(), before = 0; ;  ) {
		const found = await arrivedSoFar( inboxUrl, label );
		if ( found.mails > before ) {
			[ quietSince, before ] = [ Date.now(), found.mails ];
		}
		if ( found.mails >= expected || Date.now() - quietSince > patienceS * 1000 ) {
			return found;
		}
		await sleep( 250, undefined, { signal } );
	}
}

/** Sends one mail; @return the account with which it reached the provider */
export async function accountOf( relay: Relay, inboxUrl: string, signal: AbortSignal ): Promise< string > {
	await emptyInbox( inboxUrl );
	const { refused } = await send( relay, { label: 'proof', each: 1 }, signal );
	const { mails } = await arrivals( inboxUrl, { label: 'proof', expected: 1, patienceS: 30, signal } );
	if ( refused > 0 || mails !== 1 ) {
		throw new Error( `${ relay.name }: a mail was ${ refused > 0 ? 'refused' : 'not delivered' }.` );
	}
	const [ message ] = ( await ( await fetch( `${ inboxUrl }/messages` ) ).json() ) as Message[];
	return message?.authUser ?? '';
}

async function arrivedSoFar( inboxUrl: string, label: string ): Promise< Arrived > {
	const answer = await fetch( `${ inboxUrl }/messages` );
	const all = ( await answer.json() ) as Message[];
	const ours = all.filter( ( { subject } ) => subject.startsWith( `${ label } ` ) );
	const mails = new Set( ours.map( ( { subject } ) => subject ) ).size;
	const times = ours.map( ( { receivedAt } ) => Date.parse( receivedAt ) );
	return { mails, twice: ours.length - mails, lastMs: Math.max( 0, ...times ) };
}
