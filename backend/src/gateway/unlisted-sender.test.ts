import { expect, test } from '@jest/globals';
import { unlistedSenderOf } from './unlisted-sender.ts';

const line = ( daemon: string, text: string ) => `Dec  1 05:00:00 web1 postfix/${ daemon }[7]: ${ text }`;
const held = ( reason: string, rest = 'from=<site-1@localhost> to=<you@example.org>' ) =>
	line( 'cleanup', `4Bcd123DFG: milter-hold: END-OF-MESSAGE from localhost[127.0.0.1]: ${ reason }; ${ rest }` );
const refused = ( from: string ) =>
	line(
		'smtpd',
		`NOQUEUE: reject: DATA from localhost[127.0.0.1]: 554 5.7.1 <DATA>: Data command rejected: This sender is not listed for this site (uid=2001); from=<${ from }> to=<you@example.org> proto=SMTP helo=<a>`
	);

test.each( [
	[ held( 'sender not listed for this user (uid=2001): x@elsewhere.test' ), 'held', 'x@elsewhere.test' ],
	[ held( 'sender of another route (uid=2001): shop@site-2.test' ), 'held', 'shop@site-2.test' ],
	[ refused( 'Shop@Elsewhere.TEST.' ), 'refused', 'shop@elsewhere.test' ],
] )( 'a sender that is not listed is told by its line', ( text, how, sender ) => {
	expect( unlistedSenderOf( text ) ).toEqual( { uid: 2001, sender, how } );
} );

test.each( [
	held( 'sending is paused (uid=2001)' ),
	// nothing that could be allowed
	held( 'sender not listed for this user (uid=2001): ' ),
	held( 'sender not listed for this user (uid=2001): x?y@elsewhere.test' ),
	refused( '' ),
	// what a site writes elsewhere says nothing
	line(
		'cleanup',
		'4Bcd123DFG: warning: header Subject: milter-hold: END-OF-MESSAGE from x: sender not listed for this user (uid=1): a@b.test; from=<c@d.test>'
	),
	line(
		'smtp',
		`4Bcd123DFG: to=<${ 'a@b.test' }>, relay=x, status=bounced (sender not listed for this user (uid=1): a@b.test; from=)`
	),
] )( 'other lines tell none', ( text ) => {
	expect( unlistedSenderOf( text ) ).toBe( null );
} );
