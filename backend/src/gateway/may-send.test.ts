import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { maySendFiles } from './may-send.ts';
import type { Paused } from './pauses.ts';
import type { Routes } from './routes.ts';
import { noRules, type Rules } from './rules.ts';
import { testRoute } from './test-routes.ts';

// the real program, asked as cleanup(8) asks it
const folder = mkdtempSync( join( tmpdir(), 'email-gateway-may-send-' ) );
afterAll( () => rmSync( folder, { recursive: true } ) );

const packet = ( command: string, ...words: string[] ) => {
	const data = Buffer.from( command + words.map( ( word ) => `${ word }\0` ).join( '' ), 'latin1' );
	const length = Buffer.alloc( 4 );
	length.writeUInt32BE( data.length );
	return Buffer.concat( [ length, data ] );
};
const offer = Buffer.concat( [ Buffer.from( [ 0, 0, 0, 13 ] ), Buffer.from( 'O' ), Buffer.alloc( 12, 0xff ) ] );
offer.writeUInt32BE( 6, 5 );

const routes = ( without: Routes[ 'without' ] = 'default' ): Routes => ( {
	list: [ testRoute( 1 ), testRoute( 2, { senders: [ 'site-2.test', 'info@shared.test' ] } ) ],
	without,
} );

interface Message {
	uid?: number;
	from: string;
	headers?: [ string, string ][];
	/** Whose id the header names. */
	id?: string;
}
/** What the program answers at the end of a message, a word a reply. */
function judged(
	{ uid = 2001, from, headers = [], id = '4Bcd' }: Message,
	paused: Paused[] = [],
	wanted = routes(),
	sandbox: Rules[ 'sandbox' ] = null
): string[] {
	const [ file ] = maySendFiles( { ...noRules, paused, routes: wanted, sandbox } );
	const program = join( folder, 'program' );
	writeFileSync( program, String( file?.content ) );
	const submitted: [ string, string ] = [ 'X-Email-Gateway-Submitted', ` ${ uid } ${ id }` ];
	const { stdout, stderr } = spawnSync( 'perl', [ program ], {
		input: Buffer.concat( [
			offer,
			packet( 'D', 'Mi', '4Bcd' ),
			packet( 'M', from ),
			...[ submitted, ...headers ].map( ( [ name, value ] ) => packet( 'L', name, value ) ),
			packet( 'D', 'Ei', '4Bcd' ),
			packet( 'E' ),
			packet( 'Q' ),
		] ),
	} );
	expect( stderr.toString() ).toBe( '' );
	const replies: string[] = [];
	for ( let rest = stdout; rest.length > 0;  ) {
		const length = rest.readUInt32BE();
		replies.push( rest.toString( 'latin1', 4, 4 + length ).replaceAll( '\0', '' ) );
		rest = rest.subarray( 4 + length );
	}
	// the offer, and the sender
	expect( replies.slice( 0, 2 ).map( ( [ first ] ) => first ) ).toEqual( [ 'O', 'c' ] );
	return replies.slice( 2 );
}

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
