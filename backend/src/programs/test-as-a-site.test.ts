import { expect, test } from '@jest/globals';
import { noRules } from '../gateway/rules.ts';
import { testRoute } from '../gateway/test-routes.ts';
import { readTestResult, type Followed } from './test-result.ts';
import { whyRefused } from './test-held.ts';

const head = 'Nov 23 22:41:21 s1 postfix';
const id = '4jYLX11vlMznnrD';
const from = 'shop@site-1.test';
const to = 'you@example.org';
const rules = { ...noRules, routes: { list: [ testRoute( 1 ), testRoute( 2 ) ], without: 'hold' as const } };
const by = ( service: string, status = 'sent (250 ok)' ) =>
	`${ head }/${ service }[3]: ${ id }: to=<${ to }>, relay=smtp.provider.test[203.0.113.9]:587, delay=1.3, dsn=2.0.0, status=${ status }`;
const hold = `${ head }/cleanup[2]: ${ id }: milter-hold: END-OF-MESSAGE from localhost[127.0.0.1]: x; from=<a> to=<${ to }>`;

const read = ( uid: number, lines: string[], change: Partial< Followed > = {} ) => {
	const { outcome, diagnosis, heldBy } = readTestResult( {
		...{ from, to, uid, messageId: 'token@site-1.test', queueId: id, handOverMs: 14, waitedMs: 40_000 },
		...{ earlier: [], silent: false, provider: { smtpServer: 'smtp.gateway.test', smtpPort: 587 }, rules },
		lines: [
			`${ head }/pickup[1]: ${ id }: uid=${ uid } from=<${ change.from ?? from }>`,
			`${ head }/cleanup[2]: ${ id }: message-id=<token@site-1.test>`,
			...lines,
		],
		...change,
	} );
	return [ outcome, diagnosis.cause, heldBy ];
};

test( 'a site’s message is accepted by the account of its route only, though another has the same host', () => {
	const changed = 'settings_changed_by_hand';
	expect( read( 2001, [ by( 'gw-1/smtp' ) ] ) ).toEqual( [ 'accepted', 'accepted', undefined ] );
	expect( read( 2001, [ by( 'gw-2/smtp' ) ] ) ).toEqual( [ 'elsewhere', changed, undefined ] );
	expect( read( 2001, [ by( 'smtp' ) ] ) ).toEqual( [ 'elsewhere', changed, undefined ] );
	expect( read( 2001, [ by( 'gw-2/smtp', 'deferred (host said: 450 later)' ) ] ) ).toEqual( [
		...[ 'waiting', changed, undefined ],
	] );
	// a line may say what a site wants, but not before the name of the daemon
	const forged = by( 'gw-2/smtp', 'sent (250 postfix/gw-1/smtp[3]: ok)' );
	expect( read( 2001, [ forged ] ) ).toEqual( [ 'elsewhere', changed, undefined ] );
} );

test( 'a site without a route is accepted by the gateway’s own account only', () => {
	const ofGateway = { provider: { smtpServer: 'smtp.provider.test', smtpPort: 587 } };
	expect( read( 2003, [ by( 'smtp' ) ], ofGateway )[ 0 ] ).toBe( 'accepted' );
	expect( read( 2003, [ by( 'gw-1/smtp' ) ], ofGateway )[ 0 ] ).toBe( 'elsewhere' );
	expect( read( 2003, [ by( 'smtp' ) ] )[ 0 ] ).toBe( 'elsewhere' );
} );

test( 'where the routes are not known, none is told from another', () => {
	const unknown = { rules: null, provider: null };
	expect( read( 2001, [ by( 'gw-2/smtp' ) ], unknown )[ 0 ] ).toBe( 'accepted' );
	expect( read( 2001, [ hold ], unknown ) ).toEqual( [ 'held', 'unknown', 'other' ] );
} );

test( 'what holds it is told; once it was tried it is held no more', () => {
	expect( read( 2003, [ hold ] ) ).toEqual( [ 'held', 'unknown', 'sender' ] );
	expect( read( 2003, [ hold ], { from: 'x@elsewhere.test' } ) ).toEqual( [ 'held', 'unknown', 'no_route' ] );
	const paused = { ...rules, paused: [ { uid: 2001, user: 'site-1', how: 'hold' as const } ] };
	expect( read( 2001, [ hold ], { rules: paused } ) ).toEqual( [ 'held', 'unknown', 'pause' ] );
	expect( read( 2001, [ hold, by( 'gw-1/smtp' ) ], { rules: paused } )[ 0 ] ).toBe( 'accepted' );
	// the filter holds in place of header_checks(5)
	expect( read( 2001, [ hold ], { sandbox: { kind: 'hold' } } )[ 0 ] ).toBe( 'sandboxed' );
} );

test( 'a refusal of sendmail is that of a pause or a cap where one of them is why', () => {
	const said = 'postdrop: fatal: User site-1(2001) is not allowed to submit mail';
	const caps = [ { uid: null, limits: { hour: 200, day: null, refused: null } } ];
	const pause = ( how: 'hold' | 'refuse' ) => ( { ...rules, caps, paused: [ { uid: 2001, user: 'site-1', how } ] } );
	expect( whyRefused( pause( 'refuse' ), 2001, said ) ).toBe( 'pause' );
	expect( whyRefused( pause( 'hold' ), 2001, said ) ).toBe( null );
	expect( whyRefused( pause( 'refuse' ), 2002, said ) ).toBe( 'cap' );
	expect( whyRefused( rules, 2001, said ) ).toBe( null );
	expect( whyRefused( pause( 'refuse' ), 2001, 'no space left' ) ).toBe( null );
} );
