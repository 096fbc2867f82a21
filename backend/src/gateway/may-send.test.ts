import { expect, test } from '@jest/globals';
import type { Paused } from './pauses.ts';
import { judged, routes, type Message } from '../../test-fixtures/judged-mail.ts';

test.each( [
	[ 'its domain', { from: 'shop@site-1.test' } ],
	[ 'its domain in capitals', { from: 'Shop@Site-1.TEST' } ],
	[ 'its own name, as old WordPress does', { from: 'site-1@localhost' } ],
	[ 'a listed address', { from: 'info@shared.test', uid: 2002 } ],
	[ 'anything that is nobody’s, without a route', { from: 'x@elsewhere.test', uid: 33 } ],
	[ 'nobody, without a route', { from: '', uid: 33 } ],
	[ 'anybody, as root', { from: 'shop@site-1.test', uid: 0 } ],
] )( 'a user may send as %s', ( _what, message ) => {
	expect( judged( message ) ).toEqual( [ 'c' ] );
} );

test.each( [
	[ 'of another route', { from: 'shop@site-2.test' } ],
	[ 'that is another user’s name', { from: 'site-2@localhost' } ],
	[ 'below its domain', { from: 'shop@sub.site-1.test' } ],
	[ 'at an address that is listed for another', { from: 'info@shared.test' } ],
	[ 'that is not listed', { from: 'x@elsewhere.test' } ],
	[ 'that is empty', { from: '' } ],
	[ 'with its domain in the local part', { from: '"x@site-1.test"@site-2.test' } ],
] )( 'a sender %s becomes its own, and is held', ( _what, message ) => {
	expect( judged( message ) ).toEqual( [
		'e<site-1@localhost>',
		'qsender not listed for this user (uid=2001)',
		'c',
	] );
} );

test( 'a user without a route takes nobody’s', () => {
	expect( judged( { from: 'shop@site-1.test', uid: 33 } ) ).toEqual( [
		'e<www-data@localhost>',
		'qsender of another route (uid=33)',
		'c',
	] );
} );

test( 'a user without a route is held where that is wanted, and root is not', () => {
	expect( judged( { from: 'x@elsewhere.test', uid: 33 }, [], routes( 'hold' ) ) ).toEqual( [
		'qno route (uid=33)',
		'c',
	] );
	expect( judged( { from: 'x@elsewhere.test', uid: 0 }, [], routes( 'hold' ) ) ).toEqual( [ 'c' ] );
} );

test( 'a paused user is held, also with a sender of another, which it does not keep', () => {
	const paused: Paused[] = [ { uid: 2001, user: 'site-1', how: 'hold' } ];
	expect( judged( { from: 'shop@site-1.test' }, paused ) ).toEqual( [ 'qsending is paused (uid=2001)', 'c' ] );
	expect( judged( { from: 'shop@site-2.test' }, paused )[ 0 ] ).toBe( 'e<site-1@localhost>' );
} );

test( 'a sandbox that holds holds everybody, root too, and nobody keeps a sender of another', () => {
	const all = ( message: Message ) => judged( message, [], routes(), { kind: 'hold' } );
	expect( all( { from: 'root@localhost', uid: 0 } ) ).toEqual( [ 'qthe sandbox (uid=0)', 'c' ] );
	expect( all( { from: 'shop@site-2.test' } )[ 0 ] ).toBe( 'e<site-1@localhost>' );
} );

test( 'only the first line counts, and only with the id of this message', () => {
	const forged: [ string, string ] = [ 'X-Email-Gateway-Submitted', ' 2002 4Bcd' ];
	expect( judged( { from: 'shop@site-2.test', headers: [ forged ] } )[ 0 ] ).toBe( 'e<site-1@localhost>' );
	expect( judged( { from: 'shop@site-1.test', id: '4Xyz' } ) ).toEqual( [ 't' ] );
	expect( judged( { from: 'shop@site-1.test', id: '4Xyz', headers: [ forged ] } ) ).toEqual( [ 't' ] );
} );
