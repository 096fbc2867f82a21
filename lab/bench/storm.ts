import { setTimeout as sleep } from 'node:timers/promises';
import { mostWithin, type BenchContext, type Figures, type Measured } from './figures.ts';
import { addAccount } from './fleet-steps.ts';
import { succeeded } from './jobs.ts';
import { shellOn } from '../servers/ssh.ts';
import { startMachines, type Account, type Machines } from './machines.ts';
import { arrivals, emptyInbox, send } from './mails.ts';
import { startGateway, startOther, type Relay } from './relays.ts';

/** What a login is answered that is dead, or may be. */
const refusals = {
	535: '535 5.7.8 Error: authentication failed',
	534: '534 5.7.9 Application-specific password required',
	550: '550 5.7.1 User has no permission',
	454: '454 4.7.0 Temporary authentication failure',
} as const;

const tenMinutesMs = 600_000;
/** Ten minutes, and the next try that the gateway allows itself after its pause of eleven. */
const watchedMs = 690_000;
/** As many as ours makes: what is allowed to log in at once may do so once. */
const connections = 5;

interface Side extends Relay {
	/** The server at the backend; null for what is not ours. */
	serverId: number | null;
	account: Account;
	reply: string;
	label: string;
}

/**
 * A dead login, with much mail waiting behind it and some arriving: how often is it tried? Then all is healed: does
 * everything arrive, once?
 */
export async function storm( context: BenchContext ): Promise< Measured > {
	const { log, signal, count } = context;
	const machines = await startMachines( context );
	const sides = await startSides( machines, context );
	const { inboxUrl } = machines.provider;
	const [ waiting, fresh ] = [ count( 300 ), count( 20 ) ];

	await emptyInbox( inboxUrl );
	await machines.setFaults( {
		atAccount: Object.fromEntries( sides.map( ( { account, reply } ) => [ account.user, { auth: reply } ] ) ),
	} );
	await fetch( `${ inboxUrl }/counts`, { method: 'DELETE' } );
	const endsAt = Date.now() + watchedMs;
	log( `${ waiting } mails a server, then one each half a minute …` );
	const streams = sides.map( async ( side ) => {
		await send( side, { label: side.label, each: waiting }, signal );
		const pauseS = tenMinutesMs / 1000 / ( fresh + 1 );
		await send( side, { label: `${ side.label } fresh`, each: fresh, pauseS }, signal );
	} );
	// told below; a stream that fails meanwhile is no unhandled one
	streams.forEach( ( stream ) => stream.catch( () => {} ) );
	await Promise.all( streams );
	await sleep( Math.max( 0, endsAt - Date.now() ), undefined, { signal } );
	const tries = await Promise.all( sides.map( ( { account } ) => machines.triesOf( account.user ) ) );

	log( 'Healed. Waiting for the arrivals …' );
	await machines.setFaults( {} );
	await Promise.all( sides.map( ( side ) => deliver( side, machines, signal ) ) );
	const found: Measured[ 'sides' ] = {};
	for ( const [ at, side ] of sides.entries() ) {
		const loginsMs = tries[ at ]?.loginsMs ?? [];
		if ( loginsMs.length === 0 ) {
			throw new Error( `${ side.label } never tried to sign in.` );
		}
		found[ side.label ] = {
			logins: loginsMs.length,
			mostIn10Minutes: mostWithin( loginsMs, tenMinutesMs ),
			...( await arrived( inboxUrl, { label: side.label, sent: waiting + fresh, signal } ) ),
		};
	}
	const worst = ( name: Relay[ 'name' ] ) =>
		Math.max(
			...sides
				.filter( ( side ) => side.name === name )
				.map( ( { label } ) => found[ label ]?.mostIn10Minutes ?? NaN )
		);
	const lost = sides
		.filter( ( { serverId } ) => serverId !== null )
		.map( ( { label } ) => found[ label ]?.errors ?? NaN );
	return {
		sides: found,
		ratios: {
			'most logins in ten minutes, gateway': { value: worst( 'gateway' ), goal: { atMost: connections } },
			'most logins in ten minutes, plain postfix': { value: worst( 'plain postfix' ) },
			'lost or delivered twice by the gateway': { value: Math.max( ...lost ), goal: { atMost: 0 } },
		},
	};
}

/** Ours and a plain Postfix for each reply, each with an account of its own. */
async function startSides( machines: Machines, { log, signal }: BenchContext ): Promise< Side[] > {
	const accountOf = ( label: string ) =>
		addAccount( machines.provider, { user: `${ label }@example.test`, password: `password of ${ label }` } );
	const sides: Side[] = [];
	let serverId = 0;
	for ( const [ code, reply ] of Object.entries( refusals ) ) {
		log( `Setting up two servers for ${ code } …` );
		const [ ours, plain ] = [ `gateway-${ code }`, `plain-${ code }` ];
		serverId++;
		const gateway = { name: ours, serverId, account: await accountOf( ours ), signal };
		sides.push( {
			...( await startGateway( machines, gateway ) ),
			...gateway,
			name: 'gateway',
			reply,
			label: ours,
		} );
		const other = { name: plain, account: await accountOf( plain ), signal };
		const relay = await startOther( machines, 'plain postfix', other );
		sides.push( { ...relay, serverId: null, account: other.account, reply, label: plain } );
	}
	return sides;
}

/** As somebody does who has mended it: the button, or Postfix's own command. */
async function deliver( { server, serverId }: Side, { ask }: Machines, signal: AbortSignal ) {
	if ( serverId === null ) {
		await shellOn( server, 'postqueue -f', { signal } );
		return;
	}
	const { jobId } = await ask( 'deliverWaitingMail', { older: 'ask' }, { serverId } );
	await succeeded( ask, { serverId, jobId }, { everyMs: 500 } );
}

/** Both runs of a side begin with its label. */
async function arrived(
	inboxUrl: string,
	{ label, sent, signal }: { label: string; sent: number; signal: AbortSignal }
): Promise< Figures & { errors: number } > {
	const { mails, twice } = await arrivals( inboxUrl, { label, expected: sent, patienceS: 90, signal } );
	return { sent, delivered: mails, twice, errors: sent - mails + twice };
}
