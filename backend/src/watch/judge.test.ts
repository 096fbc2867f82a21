import { describe, expect, test } from '@jest/globals';
import { judge, type Remembered } from './judge.ts';

const minute = ( count: number ) => new Date( Date.UTC( 2026, 0, 1, 0, count ) ).toISOString();
const before = ( state: Remembered[ 'state' ], since: number, isTold = false ): Remembered => ( {
	state,
	since: minute( since ),
	isTold,
} );

describe( 'what a look is taken for', () => {
	test( 'since the first look that saw the same', () => {
		expect( judge( 'right', { before: before( 'right', 3 ), at: minute( 9 ) } ).since ).toBe( minute( 3 ) );
		expect( judge( 'stopped', { before: before( 'right', 3 ), at: minute( 9 ) } ) ).toEqual( {
			since: minute( 9 ),
			trouble: 'stopped',
			youngForMs: null,
		} );
	} );

	test( 'mail that waits is trouble after a quarter of an hour', () => {
		expect( judge( 'waiting', { before: before( 'waiting', 0 ), at: minute( 14 ) } ) ).toEqual( {
			...{ since: minute( 0 ), trouble: null, youngForMs: 60_000 },
		} );
		expect( judge( 'waiting', { before: before( 'waiting', 0 ), at: minute( 15 ) } ).trouble ).toBe( 'waiting' );
	} );

	test( 'its age is that of the oldest message, however many looks have seen any wait', () => {
		const at = minute( 20 );
		expect( judge( 'waiting', { before: before( 'right', 0 ), at, oldestS: 900 } ) ).toEqual( {
			...{ since: at, trouble: 'waiting', youngForMs: null },
		} );
		expect( judge( 'waiting', { before: before( 'waiting', 0 ), at, oldestS: 840 } ) ).toEqual( {
			...{ since: minute( 0 ), trouble: null, youngForMs: 60_000 },
		} );
	} );

	test( 'mail that still waits keeps trouble open that was told', () => {
		expect( judge( 'waiting', { before: before( 'stopped', 0, true ), at: minute( 1 ) } ).trouble ).toBe(
			'waiting'
		);
	} );

	test( 'the first look of all begins now', () => {
		const first = { state: null, since: null, isTold: false };
		expect( judge( 'right', { before: first, at: minute( 1 ) } ) ).toEqual( {
			...{ since: minute( 1 ), trouble: null, youngForMs: null },
		} );
	} );
} );
