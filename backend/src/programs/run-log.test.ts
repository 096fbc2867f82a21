import { errorCode } from '@email-gateway/shared';
import { describe, expect, test } from '@jest/globals';
import { programs } from './compose.ts';
import { codesOfRuns, parseRunLine, toEventDetail } from './run-log.ts';

const base64 = ( text: string ) => Buffer.from( text ).toString( 'base64' );

describe( 'a line of a detached run', () => {
	test( 'is an event with its number, step and details', () => {
		expect( parseRunLine( `4 finished packages added ${ base64( 'postfix cpio ' ) } removed ` ) ).toEqual( {
			event: { seq: 4, phase: 'finished', step: 'packages', detail: { added: 'postfix cpio ', removed: '' } },
		} );
	} );

	test.each( [
		[ 'result done', { end: 'done', detail: {} } ],
		[
			`result done restored ${ base64( 'exim4-daemon-light' ) } savedQueue `,
			{ end: 'done', detail: { restored: 'exim4-daemon-light', savedQueue: '' } },
		],
		[
			`result failed mail_waiting nothing waiting ${ base64( '3' ) }`,
			{ end: 'failed', code: 'mail_waiting', changed: 'nothing', detail: { waiting: '3' } },
		],
		[ 'result cancelled undone', { end: 'cancelled', changed: 'undone', detail: {} } ],
		[
			`result cancelled undone savedQueue ${ base64( '/var/lib/saved' ) }`,
			{ end: 'cancelled', changed: 'undone', detail: { savedQueue: '/var/lib/saved' } },
		],
		[
			`result failed verify_failed undone reason ${ base64( 'relayhost' ) } savedQueue ${ base64(
				'/var/lib/saved'
			) }`,
			{
				end: 'failed',
				code: 'verify_failed',
				changed: 'undone',
				detail: { reason: 'relayhost', savedQueue: '/var/lib/saved' },
			},
		],
		[ 'interrupted', { end: 'interrupted' } ],
		[ 'busy 0f8fad5b', { end: 'busy', jobId: '0f8fad5b' } ],
		[ 'refused incomplete', { end: 'refused', reason: 'incomplete' } ],
	] )( '%j tells how the run ended', ( line, result ) => {
		expect( parseRunLine( line ) ).toEqual( { result } );
	} );

	test.each( [
		'',
		'hello',
		'7 exploded packages',
		'7 finished make_coffee',
		'result failed no_such_code nothing',
		'result failed disk_full maybe',
		'99999999 started packages',
	] )( '%j is nothing we know', ( line ) => {
		expect( parseRunLine( line ) ).toBeNull();
	} );

	test( 'loses control and direction characters of its details', () => {
		expect( parseRunLine( `1 failed packages output ${ base64( 'a\u001b[31mb\u202ec\nd' ) }` ) ).toMatchObject( {
			event: { detail: { output: 'a[31mbc\nd' } },
		} );
	} );

	test( 'tells counts as numbers and leaves empty values out', () => {
		expect( toEventDetail( { waiting: '3', savedQueue: '', output: 'E: 3 errors\n' } ) ).toEqual( {
			waiting: 3,
			output: 'E: 3 errors',
		} );
	} );
} );

test( 'the programs end with exactly the codes that are read', () => {
	const text = Object.values( programs ).join( '\n' );
	const told = [ ...text.matchAll( /(?:fail|package_problem|set --|result '?\"?failed) (\w+)/g ) ].map(
		( [ , code ] ) => code
	);
	expect( [ ...new Set( told.filter( ( code ) => errorCode.safeParse( code ).success ) ) ].sort() ).toEqual(
		[ ...codesOfRuns ].sort()
	);
} );
