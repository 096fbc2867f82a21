import { cpus, loadavg, totalmem } from 'node:os';
import { isMet, type Figures, type Measured, type Ratio } from './figures.ts';

/** What the figures were measured on; absolute times mean little without it. */
export function machine() {
	return {
		cpu: cpus()[ 0 ]?.model ?? 'unknown',
		cores: cpus().length,
		memoryGiB: Math.round( totalmem() / 2 ** 30 ),
		node: process.version,
		/** Of the last minute: what else ran here. */
		load: Math.round( ( loadavg()[ 0 ] ?? 0 ) * 10 ) / 10,
	};
}

/** A table of the sides, then the ratios with their goals. */
export function renderMeasured( name: string, { sides, ratios }: Measured ): string {
	const columns = [ ...new Set( Object.values( sides ).flatMap( ( figures ) => Object.keys( figures ) ) ) ];
	const rows = Object.entries( sides ).map( ( [ side, figures ] ) => [
		side,
		...columns.map( ( column ) => shown( figures, column ) ),
	] );
	return [
		`── ${ name }`,
		...table( [ [ '', ...columns ], ...rows ] ),
		...Object.entries( ratios ).map( ( [ what, ratio ] ) => `   ${ what }: ${ told( ratio ) }` ),
	].join( '\n' );
}

const shown = ( figures: Figures, column: string ) =>
	figures[ column ] === undefined ? '–' : rounded( figures[ column ] );

function told( ratio: Ratio ): string {
	const { value, goal } = ratio;
	if ( goal === undefined ) {
		return rounded( value );
	}
	const limit = 'atMost' in goal ? `at most ${ rounded( goal.atMost ) }` : `at least ${ rounded( goal.atLeast ) }`;
	return `${ rounded( value ) } (goal: ${ limit }) ${ isMet( ratio ) ? 'met' : 'MISSED' }`;
}

/** Three digits that matter, without a power of ten. */
export function rounded( value: number ): string {
	return Math.abs( value ) >= 100 ? value.toFixed( 0 ) : String( Number( value.toPrecision( 3 ) ) );
}

function table( rows: string[][] ): string[] {
	const widths = ( rows[ 0 ] ?? [] ).map( ( _, column ) =>
		Math.max( ...rows.map( ( row ) => ( row[ column ] ?? '' ).length ) )
	);
	return rows.map( ( row ) =>
		row
			.map( ( cell, column ) =>
				column === 0 ? cell.padEnd( widths[ 0 ] ?? 0 ) : cell.padStart( widths[ column ] ?? 0 )
			)
			.join( '  ' )
	);
}
