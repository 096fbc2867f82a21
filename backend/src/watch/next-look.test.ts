import { describe, expect, test } from '@jest/globals';
import { nextLookMs } from './next-look.ts';

const minute = ( count: number ) => new Date( Date.UTC( 2026, 0, 1, 0, count ) ).toISOString();

/** Minutes of the looks at a server that refuses for a day, from the first that was refused. */
function looksInADay( reason: string ): number[] {
	const looks = [ 0 ];
	for ( let at = 0; at < 24 * 60; looks.push( at ) ) {
		at += nextLookMs( { state: 'unreachable', reason, since: minute( 0 ), at: minute( at ) }, 60_000 ) / 60_000;
	}
	return looks;
}

describe( 'the next look', () => {
	test.each( [ 'sign_in_refused', 'sudo_refused', 'ssh_refused_for_now' ] )(
		'at a server that says %s is no other at first, then after longer and longer pauses, an hour at most',
		( reason ) => {
			expect( looksInADay( reason ).slice( 0, 8 ) ).toEqual( [ 0, 1, 6, 12, 24, 48, 96, 156 ] );
		}
	);

	test( 'at a server that does not answer comes each minute', () => {
		expect( looksInADay( 'server_timed_out' ) ).toHaveLength( 24 * 60 + 1 );
	} );

	test( 'comes within a minute while mail waits, and as the rules of telling ask where all is well', () => {
		const found = { reason: null, since: minute( 0 ), at: minute( 9 ) };
		expect( nextLookMs( { ...found, state: 'waiting' }, 290_000 ) ).toBe( 60_000 );
		expect( nextLookMs( { ...found, state: 'waiting' }, 15_000 ) ).toBe( 15_000 );
		expect( nextLookMs( { ...found, state: 'right' }, 290_000 ) ).toBe( 290_000 );
	} );
} );
