import { setTimeout as sleep } from 'node:timers/promises';
import { shellOn } from '../servers/ssh.ts';
import type { BenchContext, Measured } from './figures.ts';
import { succeeded } from './jobs.ts';
import { startMachines, type Machines } from './machines.ts';
import { arrivals, emptyInbox, send } from './mails.ts';
import { startRelays, type Relay } from './relays.ts';

/** How somebody mends it, and how much the provider has to do then: its greeting comes so much later. */
const cases = [
	{ name: 'asked', greetingS: 0, asks: true },
	{ name: 'asked, greeting 20 s late', greetingS: 20, asks: true },
	{ name: 'asked, greeting 40 s late', greetingS: 40, asks: true },
	{ name: 'nobody asks', greetingS: 0, asks: false },
] as const;

/** Longer than a Postfix waits at most before it tries again what is as young. */
const patienceS = 900;

/** Mail has waited behind a login that was refused, and the login is right again: when has all of it arrived? */
export async function healing( context: BenchContext ): Promise< Measured > {
	const { log, signal, count } = context;
	const machines = await startMachines( context );
	const relays = await startRelays( machines, context, [ 'plain postfix' ] );
	const { inboxUrl } = machines.provider;
	const each = count( 320 );
	const found: Measured[ 'sides' ] = {};
	for ( const [ at, { name, greetingS, asks } ] of cases.entries() ) {
		log( `${ name } …` );
		await emptyInbox( inboxUrl );
		await machines.setFaults( { at: { auth: '535 5.7.8 Error: authentication failed' } } );
		await Promise.all(
			relays.map( async ( relay ) => {
				await send( relay, { label: labelOf( relay, at ), each }, signal );
				await untilDeferred( relay, { expected: each, signal } );
			} )
		);
		await machines.setFaults( { greetingDelayMs: greetingS * 1000 } );
		const healedMs = Date.now();
		await Promise.all(
			relays.map( async ( relay ) => {
				const asked = asks ? deliver( relay, machines, signal ) : undefined;
				const wanted = { label: labelOf( relay, at ), expected: each, patienceS, signal };
				const { mails, twice, lastMs } = await arrivals( inboxUrl, wanted );
				await asked;
				const lastArrivalS = ( lastMs - healedMs ) / 1000;
				const errors = each - mails + twice;
				log( `${ relay.name }: ${ mails } mails, the last one after ${ lastArrivalS } s` );
				found[ `${ relay.name }: ${ name }` ] = { sent: each, delivered: mails, twice, lastArrivalS, errors };
			} )
		);
	}
	const ratio = ( { name }: ( typeof cases )[ number ] ) => ( {
		value:
			( found[ `gateway: ${ name }` ]?.lastArrivalS ?? NaN ) /
			( found[ `plain postfix: ${ name }` ]?.lastArrivalS ?? NaN ),
	} );
	return {
		sides: found,
		ratios: Object.fromEntries(
			cases.map( ( one ) => [ `last arrival, gateway / plain postfix: ${ one.name }`, ratio( one ) ] )
		),
	};
}

const labelOf = ( { name }: Relay, at: number ) => `healing-${ at }-${ name.replace( ' ', '-' ) }`;

/** All have met the login that is refused, or have been put beside those that have. */
async function untilDeferred(
	{ server, name }: Relay,
	{ expected, signal }: { expected: number; signal: AbortSignal }
): Promise< void > {
	const giveUpAt = Date.now() + 300_000;
	for ( let count = 0; count < expected;  ) {
		await sleep( 1000, undefined, { signal } );
		const script = 'find /var/spool/postfix/deferred -type f | wc -l';
		count = Number( await shellOn( server, script, { signal } ) );
		if ( Date.now() > giveUpAt ) {
			throw new Error( `${ name }: of ${ expected } mails ${ count } wait.` );
		}
	}
}

/** The button, or Postfix's own command. */
async function deliver( { name, server }: Relay, { ask }: Machines, signal: AbortSignal ): Promise< void > {
	if ( name !== 'gateway' ) {
		await shellOn( server, 'postqueue -f', { signal } );
		return;
	}
	const { jobId } = await ask( 'deliverWaitingMail', { older: 'ask' }, { serverId: 1 } );
	await succeeded( ask, { serverId: 1, jobId }, { everyMs: 500 } );
}
