import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchContext, Measured } from './figures.ts';
import { startMachines } from './machines.ts';
import { arrivals, emptyInbox, send, type Arrived, type Sent } from './mails.ts';
import { startRelays, type Relay } from './relays.ts';

/** dma looks at its queue every five minutes, Debian's Postfix at mail that waits 300 s at least: whoever needs longer has lost the mail. */
const patienceS = 630;

/** The provider is gone for a minute while every server sends a mail a second: what is lost, and how late the last one is. */
export async function outage( context: BenchContext ): Promise< Measured > {
	const { log, signal } = context;
	const machines = await startMachines( context );
	const relays = await startRelays( machines, context );
	const { inboxUrl } = machines.provider;
	const [ each, beforeS, downS ] = [ context.count( 100 ), context.count( 20 ), context.count( 60 ) ];
	const labelOf = ( { name }: Relay ) => `outage-${ name.replace( ' ', '-' ) }`;
	await emptyInbox( inboxUrl );
	const streams = relays.map( ( relay ) => send( relay, { label: labelOf( relay ), each, pauseS: 1 }, signal ) );
	// told below; a stream that fails meanwhile is no unhandled one
	streams.forEach( ( stream ) => stream.catch( () => {} ) );
	await sleep( beforeS * 1000, undefined, { signal } );
	await machines.setFaults( { down: true } );
	log( `The provider is down for ${ downS } s …` );
	await sleep( downS * 1000, undefined, { signal } );
	await machines.setFaults( {} );
	const backMs = Date.now();
	const sent = await Promise.all( streams );
	log( 'Waiting for the last arrivals …' );
	const found = await Promise.all(
		relays.map( async ( relay, at ) => {
			const { refused } = sent[ at ] as Sent;
			const wanted = { label: labelOf( relay ), expected: each - refused, patienceS, signal };
			return figuresOf( relay, sent[ at ] as Sent, await arrivals( inboxUrl, wanted ), { each, backMs } );
		} )
	);
	const [ gateway, plain ] = found as [ ( typeof found )[ number ], ( typeof found )[ number ] ];
	return {
		sides: Object.fromEntries(
			relays.map( ( { name }, at ) => [ name, found[ at ] as ( typeof found )[ number ] ] )
		),
		ratios: {
			'lost by the gateway': { value: gateway.lost, goal: { atMost: 0 } },
			'delivered twice by the gateway': { value: gateway.twice, goal: { atMost: 0 } },
			'last arrival after recovery, gateway / plain postfix': {
				value: gateway.lastArrivalS / plain.lastArrivalS,
			},
		},
	};
}

function figuresOf(
	{ name }: Relay,
	{ refused }: Sent,
	{ mails, twice, lastMs }: Arrived,
	{ each, backMs }: { each: number; backMs: number }
) {
	if ( mails === 0 ) {
		throw new Error( `${ name }: not one mail arrived, not even while the provider was up.` );
	}
	const lost = each - mails;
	return { sent: each, refused, lost, twice, lastArrivalS: ( lastMs - backMs ) / 1000, errors: lost + twice };
}
