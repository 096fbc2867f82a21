import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { waitingReason, type WaitingReason } from '@email-gateway/shared';
import { hostileText } from '../../test-fixtures/hostile-text.ts';
import { waitingReasons } from './waiting-reasons.ts';

const host = 'host smtp.example.com[203.0.113.9] said: ';
const busy = `${ host }451 4.3.0 Temporary server error 8f3 (in reply to end of DATA command)`;
const hour = 3600;
const start = 1_000_000;

/** What looks say in turn, each of newer tries that met this. */
function looks( reasons: readonly string[], everyS: number, tries = ( look: number ) => start + look * everyS ) {
	let before: WaitingReason[] = [];
	for ( const [ at, reason ] of reasons.entries() ) {
		before = waitingReasons( { stuck: 3, deferrals: [ { count: 3, at: tries( at ), route: 0, reason } ] }, before );
	}
	return before[ 0 ];
}
const times = ( count: number, reason: string ) => Array.from( { length: count }, () => reason );

describe( 'why mail waits', () => {
	test( 'is read as the log of a test email is, most messages first', () => {
		const found = waitingReasons(
			{
				stuck: 9,
				deferrals: [
					{ count: 1, at: start, route: 0, reason: busy },
					{
						count: 5,
						at: start,
						route: 0,
						reason: 'SASL authentication failed; server smtp.example.com[203.0.113.9] said: 535 5.7.8 bad',
					},
					{ count: 2, at: start + 5, route: 0, reason: busy.replace( '8f3', 'xyz' ) },
				],
			},
			[]
		);
		expect( found ).toMatchObject( [
			{ cause: 'wrong_credentials', whose: 'login', passes: false, count: 5, reply: '535 5.7.8 bad' },
			{ cause: 'provider_in_trouble', whose: 'provider', passes: true, count: 3, lastAt: start + 5 },
		] );
	} );

	test( 'of each route is told apart from that of the gateway’s own account, and goes on by itself', () => {
		const refused = 'SASL authentication failed; server smtp.example.com[203.0.113.9] said: 535 5.7.8 bad';
		const shop = { uid: 1001, user: 'shop', account: { name: 'Shop', smtpServer: 'smtp.example.com' } };
		const at = ( seconds: number, route: number ) => ( { count: route + 1, at: seconds, route, reason: refused } );
		const read = ( seconds: number, before: WaitingReason[] ) =>
			waitingReasons(
				{ stuck: 3, deferrals: [ at( seconds, 0 ), at( seconds, 2 ) ] },
				before,
				new Map( [ [ 2, shop ] ] )
			);
		expect( read( start + 60, read( start, [] ) ) ).toMatchObject( [
			{ cause: 'wrong_credentials', count: 3, looks: 2, since: start, route: shop },
			{ cause: 'wrong_credentials', count: 1, looks: 2, since: start, route: null },
		] );
	} );

	test( 'where nothing waits there is none', () => {
		expect(
			waitingReasons( { stuck: 0, deferrals: [ { count: 1, at: start, route: 0, reason: busy } ] }, [] )
		).toEqual( [] );
	} );

	test( 'an answer for now that stands for six hours and six looks does not pass by waiting', () => {
		expect( looks( times( 7, busy ), hour ) ).toMatchObject( {
			...{ cause: 'provider_in_trouble', passes: false, stands: true, looks: 7, since: start },
		} );
	} );

	test.each( [
		[ 'five hours', looks( times( 6, busy ), hour ) ],
		[ 'two looks that are days apart', looks( times( 2, busy ), 48 * hour ) ],
		[
			'another answer in between',
			looks( [ ...times( 6, busy ), 'connect to x: Connection timed out', busy ], hour ),
		],
		[ 'many looks at one try', looks( times( 20, busy ), hour, () => start ) ],
		[ 'a clock that was set back', looks( times( 20, busy ), hour, ( look ) => start - look * hour ) ],
	] )( '%s are not enough', ( _what, reason ) => {
		expect( reason ).toMatchObject( { cause: 'provider_in_trouble', passes: true, stands: false } );
	} );

	test( 'a limit by the day has a day', () => {
		const limit = `${ host }450 4.2.1 Daily sending limit exceeded (in reply to RCPT TO command)`;
		expect( looks( times( 25, limit ), hour ) ).toMatchObject( { cause: 'quota_exceeded', passes: true } );
		expect( looks( times( 28, limit ), hour ) ).toMatchObject( { passes: false, stands: true } );
	} );

	test( 'what nobody knows is the same where its code is', () => {
		const said = ( code: number ) => `${ host }${ code } 4.0.0 xyzzy (in reply to end of DATA command)`;
		expect( looks( times( 8, said( 450 ) ), hour ) ).toMatchObject( { cause: 'unknown', stands: true } );
		const changing = Array.from( { length: 8 }, ( _none, at ) => said( at % 2 ? 450 : 452 ) );
		expect( looks( changing, hour ) ).toMatchObject( { stands: false, looks: 1 } );
	} );

	test( 'whatever a server tells, it is kept in bounds', () => {
		fc.assert(
			fc.property( hostileText( busy ), fc.nat(), ( reason, at ) => {
				const deferrals = [ { count: 1, at, route: 0, reason: reason.slice( 0, 600 ) } ];
				for ( const found of waitingReasons( { stuck: 1, deferrals }, [] ) ) {
					expect( waitingReason.parse( found ) ).toEqual( found );
					expect( found.reply.length ).toBeLessThanOrEqual( 300 );
					expect( found.cause ).not.toBe( 'accepted' );
				}
			} ),
			{ numRuns: 25 }
		);
	} );
} );
