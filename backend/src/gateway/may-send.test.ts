import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
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
	sandbox: Rules[ 'sandbox' ] = null,
	how: string[] = []
): string[] {
	const [ file ] = maySendFiles( { ...noRules, paused, routes: wanted, sandbox } );
	const program = join( folder, 'program' );
	writeFileSync( program, String( file?.content ) );
	const submitted: [ string, string ] = [ 'X-Email-Gateway-Submitted', ` ${ uid } ${ id }` ];
	const { stdout, stderr } = spawnSync( 'perl', [ program, ...how ], {
		input: Buffer.concat( [
			offer,
			packet( 'D', 'Mi', '4Bcd' ),
			packet( 'M', from ),
			...( how.length > 0 ? headers : [ submitted, ...headers ] ).map( ( [ name, value ] ) =>
				packet( 'L', name, value )
			),
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
		`qsender not listed for this user (uid=2001): ${ message.from.replace( /["]/g, '?' ) }`,
		'c',
	] );
} );

test( 'a user without a route takes nobody’s', () => {
	expect( judged( { from: 'shop@site-1.test', uid: 33 } ) ).toEqual( [
		'e<www-data@localhost>',
		'qsender of another route (uid=33): shop@site-1.test',
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

describe( 'a route that sends as one address', () => {
	const one = 'one@site-1.test';
	const asOne: Routes = { list: [ testRoute( 1, { sendAs: one } ), testRoute( 2 ) ], without: 'default' };
	const sent = ( message: Message, how: string[] = [] ) => judged( message, [], asOne, null, how );
	const from = ( value: string ): [ string, string ] => [ 'From', value ];
	// the number of a header comes in four bytes, which are not shown here but for the last
	const changed = ( value: string ) => `m\x01From${ value }`;

	test.each( [
		[ 'Shop <shop@site-1.test>', `Shop <${ one }>` ],
		[ '"Shop, \\"the\\" one" <shop@site-1.test>', `"Shop, \\"the\\" one" <${ one }>` ],
		[ '=?UTF-8?Q?L=C3=A4den?= <shop@site-1.test>', `=?UTF-8?Q?L=C3=A4den?= <${ one }>` ],
		[ 'shop@site-1.test', one ],
		[ '<shop@site-1.test>', one ],
		[ 'shop@site-1.test (Shop)', one ],
		[ 'A <a@site-1.test>, B <b@site-1.test>', one ],
		[ 'evil@x.test, Shop <shop@site-1.test>', one ],
	] )( 'puts it into From, and keeps the site’s own as Reply-To: %s', ( own, now ) => {
		expect( sent( { from: 'shop@site-1.test', headers: [ from( own ) ] } ) ).toEqual( [
			...[ `e<${ one }>`, changed( now ), `hReply-To${ own }`, 'c' ],
		] );
	} );

	test( 'a Reply-To of the message stays, in whatever case it is written', () => {
		const headers = [ from( 'shop@site-1.test' ), [ 'reply-to', 'ann@example.org' ] as [ string, string ] ];
		expect( sent( { from: one, headers } ) ).toEqual( [ changed( one ), 'c' ] );
	} );

	test( 'there is one From in the end, also where there was none or were two', () => {
		const two = [ from( 'a@site-1.test' ), from( 'b@site-1.test' ) ];
		expect( sent( { from: one, headers: two } ) ).toEqual( [
			...[ 'm\x02From', changed( one ), 'hReply-Toa@site-1.test', 'c' ],
		] );
		expect( sent( { from: one } ) ).toEqual( [ `hFrom${ one }`, 'c' ] );
	} );

	test( 'what has it already stays as it is, as mail that is queued again', () => {
		expect( sent( { from: one, headers: [ from( `Shop <${ one }>` ), [ 'Reply-To', 'x@y.test' ] ] } ) ).toEqual( [
			'c',
		] );
	} );

	test( 'mail of old WordPress, of a wrong sender and of root leaves as it, too', () => {
		const headers = [ from( one ) ];
		expect( sent( { from: 'site-1@localhost', headers } ) ).toEqual( [ `e<${ one }>`, 'c' ] );
		expect( sent( { from: 'x@elsewhere.test', headers } ) ).toEqual( [
			...[ `e<${ one }>`, 'qsender not listed for this user (uid=2001): x@elsewhere.test', 'c' ],
		] );
		expect( sent( { from: 'shop@site-1.test', uid: 0, headers } ) ).toEqual( [ `e<${ one }>`, 'c' ] );
	} );

	test( 'mail of another route, and without one, is left alone', () => {
		const headers = [ from( 'x@site-1.test' ) ];
		expect( sent( { from: 'shop@site-2.test', uid: 2002, headers } ) ).toEqual( [ 'c' ] );
		expect( sent( { from: 'x@elsewhere.test', uid: 33, headers } ) ).toEqual( [ 'c' ] );
		expect( sent( { from: 'shop@site-2.test', headers }, [ 'smtp' ] ) ).toEqual( [ 'c' ] );
	} );

	test.each( [ 'shop@site-1.test', '<Shop@SITE-1.test>', 'site-1', 'shop@site-1.test.' ] )(
		'mail by SMTP leaves as it, whatever its header of ours says: %s',
		( sender ) => {
			const headers: [ string, string ][] = [
				...[ from( 'shop@site-1.test' ), [ 'X-Email-Gateway-Submitted', '2002 4Bcd' ] as [ string, string ] ],
			];
			expect( sent( { from: sender, headers }, [ 'smtp' ] ) ).toEqual( [
				...[ `e<${ one }>`, changed( one ), 'hReply-Toshop@site-1.test', 'c' ],
			] );
		}
	);
} );
