import { expect, test } from '@jest/globals';
import { detailOf, forbiddenReasons, keyReasons, sudoReasons, testLogReasons } from '@email-gateway/shared';
import { errorWords } from './errors.ts';

const sentence = /^(?!.*(%[\ds]|undefined))[\p{Lu}“].*[.:?]$/u;

test.each( [
	[ 'sudo_refused', sudoReasons ],
	[ 'test_not_found_in_log', testLogReasons ],
	[ 'private_key_unreadable', keyReasons ],
	[ 'forbidden', forbiddenReasons ],
] as const )( '%s: each reason has words of its own', ( code, reasons ) => {
	const told = reasons.map( ( reason ) => errorWords( code, detailOf( code, { reason } ) ) );
	expect( new Set( told.map( ( { happened } ) => happened ) ).size ).toBe( reasons.length );
	for ( const { happened, todo } of told ) {
		expect( [ happened, todo ] ).toEqual( [
			expect.stringMatching( sentence ),
			expect.stringMatching( sentence ),
		] );
	}
} );

test( 'without sudo nobody is told to type its password', () => {
	expect( errorWords( 'sudo_refused', { reason: 'no_sudo', said: '' } ).todo ).not.toMatch( /password/i );
} );

test( 'where no test email was sent, none is said to be under way', () => {
	for ( const reason of [ 'no_log', 'forgeable_log' ] as const ) {
		expect( errorWords( 'test_not_found_in_log', { reason } ).mail ).toMatch( /^No test email was sent/ );
	}
} );

test( 'a folder that is not ours is no change that ends', () => {
	const { happened, todo } = errorWords( 'state_folder_foreign', {} );
	expect( `${ happened } ${ todo }` ).not.toMatch( /running|has ended/ );
	expect( todo ).toMatch( /Move it away/ );
} );

test( 'a key without its passphrase is not pasted again', () => {
	const detail = { reason: 'passphrase_missing' } as const;
	expect( errorWords( 'private_key_unreadable', detail ).todo ).toMatch( /^Type the passphrase/ );
} );

test( 'who may do it, but not with this connection, is not told to lack a permission', () => {
	const { happened, todo } = errorWords( 'forbidden', { reason: 'connection_not_set_by_administrator' } );
	expect( happened ).not.toMatch( /You may not/ );
	expect( todo ).toMatch( /Check Connection/ );
} );

test( 'a file that cannot be removed is not told as a configuration that Postfix refused', () => {
	expect( errorWords( 'files_not_writable', {} ).happened ).not.toMatch( /Postfix refused/ );
} );

test( 'a queue of jobs and an hour with too many are told apart from a burst of requests', () => {
	const told = [ {}, { waitingJobs: 20 }, { anHour: 30 } ].map( ( detail ) =>
		errorWords( 'too_many_requests', detail )
	);
	expect( new Set( told.map( ( { happened } ) => happened ) ).size ).toBe( 3 );
	expect( told[ 2 ]?.todo ).toMatch( /hour/ );
} );

test( 'a sign-in that worked is not told as refused', () => {
	expect( errorWords( 'sign_in_refused', { reason: 'no_shell' } ).happened ).toMatch( /^The sign-in worked/ );
} );

test( 'a gateway that came between the look and the change has an unknown owner, and no empty one', () => {
	const detail = detailOf( 'managed_by_another_site', {} );
	expect( errorWords( 'managed_by_another_site', detail ).happened ).toMatch( /: unknown\.$/ );
} );

test( 'a reason of a later version, or none, is told by the most general words', () => {
	expect( detailOf( 'sudo_refused', { reason: 'novel' } ) ).toEqual( { reason: 'refused', said: '' } );
	expect( errorWords( 'sudo_refused', { reason: 'novel' as never, said: '' } ).happened ).toMatch( /sudo refused/ );
} );
