import type { Rules } from '../../backend/src/gateway/rules.ts';
import { noRules } from '../../backend/src/gateway/rules.ts';
import { Secret } from '../../backend/src/vault/secret.ts';
import type { Message } from '../provider/messages.ts';
import { shellOn } from '../servers/ssh.ts';
import { inTurn, type BenchContext, type Measured } from './figures.ts';
import { startMachines, type Machines } from './machines.ts';
import { addSite, arrivals, emptyInbox, send } from './mails.ts';
import type { Relay } from './relays.ts';
import { reportOf, type RouteTimes } from './routes-report.ts';
import { installWith } from './with-rules.ts';

const replyDelayMs = 150;
/** Processes of PHP that send at once, over all sites of a server. */
const workers = 20;

/** A server whose sites have each a route, with an account of its own. */
interface Side extends Relay {
	users: string[];
	times: RouteTimes;
}

const accountOf = ( user: string ) => `${ user }@provider.example`;

/** Twenty routes against one: how long PHP's mail() keeps a site waiting, and how soon all is there. */
export async function routes( context: BenchContext ): Promise< Measured > {
	const { signal, log } = context;
	const machines = await startMachines( context );
	const sides: Side[] = [];
	for ( const count of [ 1, 20 ] ) {
		log( `A server with ${ count } route${ count === 1 ? '' : 's' } …` );
		sides.push( await sideWith( machines, count, signal ) );
	}
	for ( const { side, round } of inTurn( sides, context.count( 10 ) ) ) {
		const each = Math.ceil( context.count( 40 ) / side.users.length );
		// one site after the other, as visitors come
		for ( const user of side.users ) {
			side.times.handOverMs.push( ...( await run( side, [ user ], { label: `one-${ round }`, each } ) ).timesMs );
		}
	}
	await machines.setFaults( { replyDelayMs } );
	for ( const { side, round } of inTurn( sides, context.count( 6 ) + 1 ) ) {
		const what = {
			...{ label: `drain-${ round }`, each: context.count( 20 ) },
			workers: workers / side.users.length,
		};
		const { tookMs } = await run( side, side.users, what );
		// the first opens what connections there are
		if ( round > 0 ) {
			side.times.drainMs.push( tookMs );
		}
	}
	return reportOf( sides );

	/** Sends as these users at once, and waits for the last mail. */
	async function run( side: Side, users: string[], what: { label: string; each: number; workers?: number } ) {
		const { inboxUrl } = machines.provider;
		await emptyInbox( inboxUrl );
		const labelOf = ( user: string ) => `${ what.label }-${ user }`;
		const { timesMs, refused, fromMs } = await send( side, { ...what, users }, signal );
		if ( refused > 0 ) {
			throw new Error( `${ side.name }: ${ refused } mails were refused at once.` );
		}
		const arrived = [];
		const expected = timesMs.length / users.length;
		for ( const user of users ) {
			const found = await arrivals( inboxUrl, { label: labelOf( user ), expected, patienceS: 90, signal } );
			if ( found.mails < expected ) {
				throw new Error( `${ side.name }: of ${ expected } mails of ${ user } ${ found.mails } arrived.` );
			}
			arrived.push( found );
		}
		const inbox = ( await ( await fetch( `${ inboxUrl }/messages` ) ).json() ) as Message[];
		const isOf = ( { subject }: Message, user: string ) => subject.startsWith( `${ labelOf( user ) } ` );
		side.times.errors +=
			inbox.filter( ( one ) => users.some( ( user ) => isOf( one, user ) && one.authUser !== accountOf( user ) ) )
				.length + arrived.reduce( ( sum, { twice } ) => sum + twice, 0 );
		return { timesMs, tookMs: Math.max( ...arrived.map( ( { lastMs } ) => lastMs ) ) - fromMs };
	}
}

async function sideWith( machines: Machines, count: number, signal: AbortSignal ): Promise< Side > {
	const server = await machines.reset( `bench-routes-${ count }` );
	const users = Array.from( { length: count }, ( _, at ) => `site-${ at + 1 }` );
	await shellOn( server, users.map( ( user, at ) => `useradd -M -u ${ 2001 + at } ${ user }` ).join( '\n' ), {
		signal,
	} );
	const { host: smtpServer, port: smtpPort } = machines.provider;
	const password = 'the password of a route';
	for ( const user of users ) {
		await saveAccount( machines, accountOf( user ), password );
	}
	const list = users.map( ( user, at ) => ( {
		...{ number: at + 1, users: [ { uid: 2001 + at, user } ], senders: [ `${ user }.test` ], sendAs: null },
		account: { smtpServer, smtpPort, userName: accountOf( user ) },
		password: new Secret( password ),
	} ) );
	const rules: Rules = { ...noRules, routes: { list, without: 'default' } };
	await installWith( machines, { server, rules }, signal );
	const name = count === 1 ? 'one route' : `${ count } routes`;
	const side = { name, server, users, times: { handOverMs: [], drainMs: [], errors: 0 } };
	await addSite( side, signal );
	return side;
}

async function saveAccount( { provider }: Machines, user: string, password: string ): Promise< void > {
	const answer = await fetch( `${ provider.inboxUrl }/accounts/${ encodeURIComponent( user ) }`, {
		...{ method: 'PUT', headers: { 'content-type': 'application/json' } },
		body: JSON.stringify( { password } ),
	} );
	if ( ! answer.ok ) {
		throw new Error( `The provider did not take the account ${ user }: ${ answer.status }` );
	}
}
