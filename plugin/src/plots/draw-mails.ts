import type UPlot from 'uplot';
import { duration } from '../words/time.ts';
import { wholeNumber } from '../words/numbers.ts';
import type { MailRow } from './mail-rows.ts';

export const colours = { accepted: '#2e7d32', waiting: '#dba617', refused: '#b32d2e' } as const;
const grey = '#50575e';
const lines = '#dcdcde';
const font = '12px system-ui, sans-serif';

type Options = Omit< UPlot.Options, 'width' | 'height' >;

/** The bars stand on each other, so each is drawn from the ground up to its own top, the highest first. */
export const volumeData = ( rows: readonly MailRow[] ): UPlot.AlignedData => [
	rows.map( ( _, at ) => at ),
	rows.map( ( { accepted, waiting, refused } ) => accepted + waiting + refused ),
	rows.map( ( { accepted, waiting } ) => accepted + waiting ),
	rows.map( ( { accepted } ) => accepted ),
];

export const speedData = ( rows: readonly MailRow[] ): UPlot.AlignedData => [
	rows.map( ( _, at ) => at ),
	rows.map( ( { half } ) => half ),
	rows.map( ( { most } ) => most ),
];

const plain = {
	legend: { show: false },
	cursor: { show: false },
	select: { show: false },
} as unknown as Partial< Options >;

const axis = ( more: UPlot.Axis ): UPlot.Axis => ( {
	...{ stroke: grey, font, grid: { stroke: lines, width: 1 }, ticks: { stroke: lines, width: 1 } },
	...more,
} );

const timeAxis = ( labels: readonly string[] ): UPlot.Axis =>
	axis( {
		grid: { show: false },
		incrs: [ 1, 2, 3, 4, 6, 7, 12, 24, 48 ],
		space: 110,
		values: ( _, splits ) => splits.map( ( at ) => labels[ at ] ?? '' ),
	} );

const xScale = ( count: number ): UPlot.Scale => ( { time: false, range: [ -0.6, count - 0.4 ] } );

export function volumeOptions( library: typeof UPlot, labels: readonly string[] ): Options {
	const bars = library.paths.bars?.( { size: [ 0.8, 40 ] } );
	const series = ( fill: string ): UPlot.Series => ( {
		...{ fill, width: 0, points: { show: false } },
		...( bars ? { paths: bars } : {} ),
	} );
	return {
		...plain,
		scales: { x: xScale( labels.length ), y: { range: ( _, __, most ) => [ 0, Math.max( most, 1 ) * 1.05 ] } },
		axes: [
			timeAxis( labels ),
			axis( {
				size: 64,
				values: ( _, splits ) => splits.map( ( at ) => ( Number.isInteger( at ) ? wholeNumber( at ) : '' ) ),
			} ),
		],
		series: [ {}, series( colours.refused ), series( colours.waiting ), series( colours.accepted ) ],
	};
}

export function speedOptions( _library: typeof UPlot, labels: readonly string[] ): Options {
	const line = ( stroke: string, dash: number[] ): UPlot.Series => ( {
		...{ stroke, width: 2, dash, points: { show: true, size: 5, fill: stroke } },
	} );
	return {
		...plain,
		scales: { x: xScale( labels.length ), y: { distr: 3, log: 10 } },
		axes: [
			timeAxis( labels ),
			axis( {
				size: 64,
				values: ( _, splits ) => splits.map( ( at ) => ( /^10*$/.test( String( at ) ) ? duration( at ) : '' ) ),
			} ),
		],
		series: [ {}, line( '#2271b1', [] ), line( '#8c1aad', [ 6, 4 ] ) ],
	};
}
