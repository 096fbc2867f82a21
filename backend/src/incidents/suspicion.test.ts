import { describe, expect, test } from '@jest/globals';
import { stepSuspicion, type Suspicion } from './suspicion.ts';

const at = ( minutes: number ) => new Date( Date.UTC( 2026, 0, 1, 0, minutes ) ).toISOString();
const newId = () => 'incident-1';

/** Plays looks, one a line: minute and trouble; gives what became of it. */
function play( looks: [ minute: number, trouble: 'stopped' | 'changed' | 'slow' | null ][] ): string[] {
	let incident: Suspicion | null = null;
	return looks.flatMap( ( [ minute, seen ] ) => {
		const isSlow = seen === 'slow';
		const trouble = isSlow ? 'unreachable' : seen;
		const step = stepSuspicion( incident, { trouble, at: at( minute ), isSlow }, newId );
		incident = step.incident;
		return step.became ? [ `${ minute } ${ step.became }` ] : [];
	} );
}

describe( 'an incident', () => {
	test( 'opens at the second look that sees trouble, and ends once', () => {
		expect(
			play( [
				[ 0, null ],
				[ 5, 'stopped' ],
				[ 6, 'stopped' ],
				[ 7, 'stopped' ],
				[ 8, null ],
				[ 13, null ],
			] )
		).toEqual( [ '6 open', '8 over' ] );
	} );

	test( 'is none where only one look saw it', () => {
		expect(
			play( [
				[ 0, 'stopped' ],
				[ 1, null ],
			] )
		).toEqual( [] );
	} );

	test( 'is none where a server is slow for less than two minutes, and one where it stays so', () => {
		expect(
			play( [
				[ 0, 'slow' ],
				[ 0.5, 'slow' ],
				[ 1, 'slow' ],
				[ 1.5, null ],
			] )
		).toEqual( [] );
		expect(
			play( [
				[ 0, 'slow' ],
				[ 1, 'slow' ],
				[ 2, 'slow' ],
				[ 3, 'slow' ],
				[ 4, null ],
			] )
		).toEqual( [ '2 open', '4 over' ] );
	} );

	test( 'opens at once where looks before have seen it, when it was no trouble yet', () => {
		const { incident, became } = stepSuspicion( null, { trouble: 'waiting', at: at( 15 ), since: at( 0 ) }, newId );
		expect( [ became, incident ] ).toEqual( [ 'open', { id: newId(), seenAt: at( 0 ), openedAt: at( 15 ) } ] );
	} );

	test( 'that becomes another trouble is the same incident', () => {
		expect(
			play( [
				[ 0, 'stopped' ],
				[ 1, 'stopped' ],
				[ 2, 'changed' ],
				[ 3, 'changed' ],
			] )
		).toEqual( [ '1 open' ] );
	} );

	test( 'is looked at again after 15 s while suspected, each minute while open and after its end, else after five', () => {
		const first = stepSuspicion( null, { trouble: 'stopped', at: at( 0 ) }, newId );
		const second = stepSuspicion( first.incident, { trouble: 'stopped', at: at( 1 ) }, newId );
		const last = stepSuspicion( second.incident, { trouble: null, at: at( 2 ) }, newId );
		const quiet = stepSuspicion( last.incident, { trouble: null, at: at( 3 ) }, newId );
		expect( [ first, second, last, quiet ].map( ( { nextLookMs } ) => nextLookMs / 1000 ) ).toEqual( [
			15, 60, 60, 270,
		] );
	} );
} );
