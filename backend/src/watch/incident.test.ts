import { describe, expect, test } from '@jest/globals';
import { stepIncident, type Incident } from './incident.ts';

const at = ( minutes: number ) => new Date( Date.UTC( 2026, 0, 1, 0, minutes ) ).toISOString();
const newId = () => 'incident-1';

/** Plays looks, one a line: minute and trouble; gives what is told. */
function play( looks: [ minute: number, trouble: 'stopped' | 'changed' | null ][] ): string[] {
	let incident: Incident | null = null;
	return looks.flatMap( ( [ minute, trouble ] ) => {
		const step = stepIncident( incident, { trouble, at: at( minute ) }, newId );
		incident = step.incident;
		return step.tell ? [ `${ minute } ${ step.tell }` ] : [];
	} );
}

describe( 'an incident', () => {
	test( 'is told at the second look that sees trouble, and its end once', () => {
		expect(
			play( [
				[ 0, null ],
				[ 5, 'stopped' ],
				[ 6, 'stopped' ],
				[ 7, 'stopped' ],
				[ 8, null ],
				[ 13, null ],
			] )
		).toEqual( [ '6 opened', '8 over' ] );
	} );

	test( 'that only one look saw is told to nobody', () => {
		expect(
			play( [
				[ 0, 'stopped' ],
				[ 1, null ],
			] )
		).toEqual( [] );
	} );

	test( 'that becomes another trouble is the same incident', () => {
		expect(
			play( [
				[ 0, 'stopped' ],
				[ 1, 'stopped' ],
				[ 2, 'changed' ],
				[ 3, 'changed' ],
			] )
		).toEqual( [ '1 opened' ] );
	} );

	test( 'is repeated after four hours, then daily', () => {
		const looks = Array.from(
			{ length: 60 * 55 },
			( _, minute ) => [ minute, 'stopped' ] as [ number, 'stopped' ]
		);
		expect( play( looks ) ).toEqual( [ '1 opened', '241 still', '1681 still', '3121 still' ] );
	} );

	test( 'is looked at again after 15 s while suspected, each minute while open, else after five', () => {
		const first = stepIncident( null, { trouble: 'stopped', at: at( 0 ) }, newId );
		const second = stepIncident( first.incident, { trouble: 'stopped', at: at( 1 ) }, newId );
		const last = stepIncident( second.incident, { trouble: null, at: at( 2 ) }, newId );
		expect( [ first, second, last ].map( ( { nextLookMs } ) => nextLookMs / 1000 ) ).toEqual( [ 15, 60, 270 ] );
	} );
} );
