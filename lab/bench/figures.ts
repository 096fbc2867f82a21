import type { Log } from '../system/run.ts';

/** What was measured of one side. Units are in the names: `p50Ms`, `cpuS`. */
export type Figures = Record< string, number >;

export interface Ratio {
	value: number;
	/** What the ratio shall be; absent where it is only told. */
	goal?: { atMost: number } | { atLeast: number };
}

/** What one benchmark found. A side that did not do its work is no figure: the benchmark throws. */
export interface Measured {
	/** Ours and what it is measured against. `errors` counts what went wrong and was tried again or is missing. */
	sides: Record< string, Figures & { errors: number } >;
	ratios: Record< string, Ratio >;
}

export interface BenchContext {
	log: Log;
	signal: AbortSignal;
	/** How many of something: the whole number, or the share (at least 1) that was asked for. */
	count( full: number ): number;
}

export type Benchmark = ( context: BenchContext ) => Promise< Measured >;

/** The value below which a share `q` of the values lies (nearest rank). Throws where there are none. */
export function quantile( values: readonly number[], q: number ): number {
	if ( values.length === 0 ) {
		throw new Error( 'Nothing was measured.' );
	}
	const sorted = [ ...values ].sort( ( a, b ) => a - b );
	return sorted[ Math.max( 0, Math.ceil( q * sorted.length ) - 1 ) ] as number;
}

/** p50, p95, p99 and max of times in milliseconds, under names that begin with `what`. */
export function spread( what: string, values: readonly number[], quantiles: readonly number[] = [ 50, 95 ] ): Figures {
	return Object.fromEntries(
		[ ...quantiles, 100 ].map( ( q ) => [
			q === 100 ? `${ what }MaxMs` : `${ what }P${ q }Ms`,
			quantile( values, q / 100 ),
		] )
	);
}

/** How many of the times (ms) lie in the busiest stretch of this length. */
export function mostWithin( timesMs: readonly number[], lengthMs: number ): number {
	const sorted = [ ...timesMs ].sort( ( a, b ) => a - b );
	const counts = sorted.map( ( from, at ) => sorted.filter( ( time ) => time < from + lengthMs ).length - at );
	return Math.max( 0, ...counts );
}

export const isMet = ( { value, goal }: Ratio ): boolean =>
	goal === undefined || ( 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast );

/** The sides in turn, each round beginning with the next one, so that no side always has the quiet moment. */
export function* inTurn< Side >( sides: readonly Side[], rounds: number ): Generator< { side: Side; round: number } > {
	for ( let round = 0; round < rounds; round++ ) {
		for ( let at = 0; at < sides.length; at++ ) {
			yield { side: sides[ ( at + round ) % sides.length ] as Side, round };
		}
	}
}
