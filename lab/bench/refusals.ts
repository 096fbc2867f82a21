import type { Stage } from '../provider/faults.ts';
import { mendable, stageOf } from '../refusals/rows.ts';
import { shellOn } from '../servers/ssh.ts';
import type { BenchContext, Measured } from './figures.ts';
import { succeeded } from './jobs.ts';
import { startMachines, type Machines } from './machines.ts';
import { arrivals, emptyInbox, send } from './mails.ts';
import { startRelays, type Relay } from './relays.ts';

/** With the fifty labelled replies that are played, a hundred. */
const mailsEach = 2;

/** Until Postfix has tried what it was handed. */
const settle = `for i in $(seq 60); do
	[ -n "$(find /var/spool/postfix/maildrop /var/spool/postfix/incoming /var/spool/postfix/active -type f)" ] || break
	sleep 0.5
done`;

interface Side extends Relay {
	label: string;
	sent: number;
	/** Mails of which mail() said to the site that they were not taken. */
	refused: number;
}

/**
 * The provider refuses for the account's or the sender's sake, in one real reply after another or each mail in its own;
 * then it is mended and what waits is tried again. Which mails never arrive?
 */
export async function refusals( context: BenchContext ): Promise< Measured > {
	const { log, signal } = context;
	const machines = await startMachines( context );
	const relays = await startRelays( machines, context, [ 'plain postfix', 'ssmtp', 'msmtp' ] );
	const sides = relays.map(
		( relay ): Side => ( {
			...{ ...relay, label: relay.name.replace( ' ', '-' ), sent: 0, refused: 0 },
		} )
	);
	const { inboxUrl } = machines.provider;
	await emptyInbox( inboxUrl );
	const rows = mendable().map( ( { stage, reply }, at ) => ( {
		...{ at, reply, stage: stageOf[ stage ] as Stage, to: `inbox-${ at }@example.com` },
	} ) );
	const played = rows.slice( 0, context.count( rows.length ) );
	const handInAll = async ( some: typeof rows ) =>
		Promise.all( sides.map( ( side ) => handIn( side, some, signal ) ) );
	const mend = async () => {
		await machines.setFaults( {} );
		await Promise.all( sides.map( ( side ) => deliver( side, machines, signal ) ) );
	};
	const together = played.filter( canBeTogether );
	log( `${ together.length } replies about one message each …` );
	await machines.setFaults( {
		atRecipient: Object.fromEntries( together.map( ( { to, stage, reply } ) => [ to, { [ stage ]: reply } ] ) ),
	} );
	await handInAll( together );
	await mend();
	for ( const row of played.filter( ( one ) => ! canBeTogether( one ) ) ) {
		log( `${ row.stage }: ${ row.reply.split( '\n', 1 )[ 0 ] } …` );
		await machines.setFaults( { at: { [ row.stage ]: row.reply } } );
		await handInAll( [ row ] );
		await mend();
	}
	const found: Measured[ 'sides' ] = {};
	for ( const { name, label, sent, refused } of sides ) {
		const wanted = { label, expected: sent - refused, patienceS: 20, signal };
		const { mails, twice } = await arrivals( inboxUrl, wanted );
		const lost = sent - mails;
		found[ name ] = { sent, toldToSite: refused, lost, twice, errors: lost + twice };
	}
	const lostBy = ( name: string ) => found[ name ]?.lost ?? NaN;
	return {
		sides: found,
		ratios: {
			'lost by the gateway': { value: lostBy( 'gateway' ), goal: { atMost: 0 } },
			'delivered twice by the gateway': { value: found.gateway?.twice ?? NaN, goal: { atMost: 0 } },
			'lost by plain postfix': { value: lostBy( 'plain postfix' ) },
		},
	};
}

const hasPostfix = ( { name }: Relay ) => name === 'gateway' || name === 'plain postfix';

/**
 * What is said of one message is not heard by another, so that many can be refused at once, each in its own words. A
 * refusal before the recipient is named, or one that ends the connection, meets all of them and is played alone.
 */
const canBeTogether = ( { stage, reply }: { stage: Stage; reply: string } ) =>
	[ 'rcptTo', 'data', 'message' ].includes( stage ) && ! reply.startsWith( '421' );

async function handIn( side: Side, rows: readonly { at: number; to: string }[], signal: AbortSignal ): Promise< void > {
	const left = [ ...rows ];
	const sendSome = async () => {
		for ( let row = left.shift(); row; row = left.shift() ) {
			const mails = { label: `${ side.label } ${ row.at }`, each: mailsEach, to: row.to };
			const { timesMs, refused } = await send( side, mails, signal );
			side.sent += timesMs.length;
			side.refused += refused;
		}
	};
	await Promise.all( [ sendSome(), sendSome(), sendSome(), sendSome() ] );
	if ( hasPostfix( side ) ) {
		await shellOn( side.server, settle, { signal } );
	}
}

/** As somebody does who has mended it: the button, or Postfix's own command. What has no queue has nothing to try. */
async function deliver( side: Side, { ask }: Machines, signal: AbortSignal ): Promise< void > {
	if ( side.name === 'gateway' ) {
		const { jobId } = await ask( 'deliverWaitingMail', { older: 'ask' }, { serverId: 1 } );
		await succeeded( ask, { serverId: 1, jobId }, { everyMs: 200 } );
	} else if ( hasPostfix( side ) ) {
		await shellOn( side.server, `postqueue -f; sleep 1; ${ settle }`, { signal } );
	}
}
