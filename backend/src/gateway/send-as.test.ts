import { expect, test } from '@jest/globals';
import type { Routes } from './routes.ts';
import { judged, type Message } from '../../test-fixtures/judged-mail.ts';
import { testRoute } from './test-routes.ts';

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
		...[ `e<${ one }>`, 'qsender not listed for this user (uid=2001)', 'c' ],
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
