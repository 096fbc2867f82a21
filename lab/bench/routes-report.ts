import { quantile, spread, type Measured } from './figures.ts';

/** What was measured of a server. */
export interface RouteTimes {
	/** Of each mail(). */
	handOverMs: number[];
	/** From the first mail() of many at once until the last mail was there. */
	drainMs: number[];
	/** Mails that came twice, or by another account. */
	errors: number;
}

/** The first side has one route, the second has many. */
export function reportOf( sides: readonly { name: string; times: RouteTimes }[] ): Measured {
	const [ one, many ] = sides as [ ( typeof sides )[ number ], ( typeof sides )[ number ] ];
	const ratio = ( what: 'handOverMs' | 'drainMs' ) => ( {
		value: quantile( many.times[ what ], 0.5 ) / quantile( one.times[ what ], 0.5 ),
		goal: { atMost: 1.1 },
	} );
	return {
		sides: Object.fromEntries(
			sides.map( ( { name, times: { handOverMs, drainMs, errors } } ) => [
				name,
				{
					...spread( 'handOver', handOverMs ),
					drainP50S: quantile( drainMs, 0.5 ) / 1000,
					errors,
				},
			] )
		),
		ratios: {
			[ `hand-over, ${ many.name } / ${ one.name }` ]: ratio( 'handOverMs' ),
			[ `drain, ${ many.name } / ${ one.name }` ]: ratio( 'drainMs' ),
		},
	};
}
