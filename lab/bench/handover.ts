import { shellOn } from '../servers/ssh.ts';
import { inTurn, quantile, spread, type BenchContext, type Measured } from './figures.ts';
import { startMachines } from './machines.ts';
import { arrivals, emptyInbox, send } from './mails.ts';
import { startRelays, type Relay } from './relays.ts';

const replyDelayMs = 150;
/** As many connections to the provider as ours makes. */
const connections = 5;

interface Side extends Relay {
	sequenceMs: number[];
	burstMs: number[];
	/** From the first of a burst until its last had arrived. */
	burstDeliveredMs: number[];
	drainMs: number[];
	errors: number;
}

/** How long PHP's mail() keeps a site waiting while each reply of the provider takes 150 ms, and how soon all is there. */
export async function handover( context: BenchContext ): Promise< Measured > {
	const machines = await startMachines( context );
	const relays = await startRelays( machines, context );
	await machines.setFaults( { replyDelayMs } );
	const sides = relays.map(
		( relay ): Side => ( { ...relay, sequenceMs: [], burstMs: [], burstDeliveredMs: [], drainMs: [], errors: 0 } )
	);
	const [ gateway, plain, ...direct ] = sides as [ Side, Side, ...Side[] ];
	const { inboxUrl } = machines.provider;

	/** Sends and waits for the last one; @return ms each, and until all had arrived. */
	const run = async ( side: Side, what: { label: string; workers?: number; each: number } ) => {
		const { signal } = context;
		await emptyInbox( inboxUrl );
		const sent = await send( side, what, signal );
		const expected = sent.timesMs.length - sent.refused;
		const arrived = await arrivals( inboxUrl, { label: what.label, expected, patienceS: 90, signal } );
		if ( arrived.mails < expected ) {
			throw new Error( `${ side.name }: of ${ expected } mails ${ arrived.mails } arrived.` );
		}
		side.errors += sent.refused + arrived.twice;
		return { timesMs: sent.timesMs, deliveredMs: arrived.lastMs - sent.fromMs };
	};

	for ( const { side, round } of inTurn( sides, context.count( 10 ) ) ) {
		const { timesMs } = await run( side, { label: `sequence-${ round }`, each: context.count( 20 ) } );
		side.sequenceMs.push( ...timesMs );
	}
	for ( const { side, round } of inTurn( sides, 2 ) ) {
		const done = await run( side, { label: `burst-${ round }`, workers: 20, each: context.count( 5 ) } );
		side.burstMs.push( ...done.timesMs );
		side.burstDeliveredMs.push( done.deliveredMs );
	}
	const limit = `postconf -e smtp_destination_concurrency_limit=${ connections } && postfix reload`;
	await shellOn( plain.server, limit, { signal: context.signal } );
	for ( const { side, round } of inTurn( [ gateway, plain ], context.count( 5 ) ) ) {
		const { deliveredMs } = await run( side, { label: `drain-${ round }`, each: context.count( 100 ) } );
		side.drainMs.push( deliveredMs );
	}

	const p50 = ( side: Side ) => quantile( side.sequenceMs, 0.5 );
	const drain = ( side: Side ) => quantile( side.drainMs, 0.5 );
	return {
		sides: Object.fromEntries( sides.map( ( side ) => [ side.name, figuresOf( side ) ] ) ),
		ratios: {
			...Object.fromEntries(
				direct.map( ( side ) => [
					`p50 in sequence, gateway / ${ side.name }`,
					{ value: p50( gateway ) / p50( side ), ...( side.name === 'ssmtp' && { goal: { atMost: 0.01 } } ) },
				] )
			),
			'p50 in sequence, gateway / plain postfix': { value: p50( gateway ) / p50( plain ), goal: { atMost: 1.2 } },
			[ `drain over ${ connections } connections, gateway / plain postfix` ]: {
				value: drain( gateway ) / drain( plain ),
				goal: { atMost: 0.5 },
			},
		},
	};
}

function figuresOf( { sequenceMs, burstMs, burstDeliveredMs, drainMs, errors }: Side ) {
	return {
		...spread( 'sequence', sequenceMs ),
		...spread( 'burst', burstMs ),
		burstDeliveredS: quantile( burstDeliveredMs, 0.5 ) / 1000,
		...( drainMs.length > 0 && { drainS: quantile( drainMs, 0.5 ) / 1000 } ),
		errors,
	};
}
