import { expect, test } from '@jest/globals';
import { switchReasons } from '@email-gateway/shared';
import { isOf } from '../views/alert.ts';
import { backupText, together } from './backup-words.ts';
import { manyText, openedText, overText } from './words.ts';

const of = ( detail: object ) => ( { host: 'web1', reasons: [], detail } );
const many = { servers: 3, waiting: null, provider: null, isConfirmed: false, isAccount: false };

test.each( switchReasons )( 'why: %s; what happened, that mail leaves by the backup, and what ends it', ( why ) => {
	const text = openedText( 'on_backup', of( { why, twice: 0, unaligned: [] } ) );
	expect( text ).toMatch( /web1.* backup account.*(goes back|Switch Back)/ );
	expect( text ).not.toMatch( /forged|twice/ );
} );

test( 'what may look forged is named, what may come twice is counted', () => {
	const text = backupText( of( { why: 'login', twice: 2, unaligned: [ 'a.test', 'b.test' ] } ) );
	expect( text ).toContain( 'name the backup’s provider: a.test, b.test.' );
	expect( text ).toContain( '2 messages may come twice' );
} );

test( 'servers that share an account are one message; its end says how many left that way', () => {
	expect( manyText( 'on_backup', many ) ).toContain( 'Mail of 3 servers leaves by their backup accounts' );
	const end = { durationMs: 3_600_000, delivered: 42, trouble: 'on_backup' } as const;
	expect( overText( 'web1', end ) ).toBe(
		'web1 sends by its first account again, after 60 minutes. 42 messages left by the backup account. Nothing needs to be done.'
	);
	expect( overText( 'web1', { ...end, delivered: null } ) ).not.toContain( 'left by' );
} );

test.each( switchReasons )( 'of a route, why: %s; the server and the Unix user are named', ( why ) => {
	const text = openedText( 'on_backup', of( { why, twice: 0, unaligned: [], user: 'shop' } ) );
	expect( text ).toMatch( /route of the Unix user shop on web1.* backup account.*(goes back|Switch Back)/ );
} );

test( 'routes of a server that share an account are told together, and so are those of several servers', () => {
	const all = together( [
		{ why: 'login', twice: 1, unaligned: [ 'a.test' ], user: 'shop' },
		{ why: 'login', twice: 2, unaligned: [ 'a.test', 'b.test' ], user: 'blog' },
	] );
	const text = backupText( of( all ) );
	expect( text ).toContain( 'the route of the Unix users shop, blog on web1' );
	expect( text ).toContain( 'a.test, b.test.' );
	expect( text ).toContain( '3 messages may come twice' );
	expect( manyText( 'on_backup', { ...many, isOfRoutes: true } ) ).toContain( 'Mail of sites on 3 servers' );
} );

test( 'owners are not told of an account that they are not shown', () => {
	const one = { owner: 7, serverId: 1, kind: 'on_backup', detail: {} };
	expect( [ isOf( { owner: null }, one ), isOf( { owner: 7 }, one ) ] ).toEqual( [ true, false ] );
	expect( isOf( { owner: 7 }, { ...one, kind: 'gateway' } ) ).toBe( true );
} );
