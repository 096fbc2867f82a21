import { expect, test } from '@jest/globals';
import { unlistedReader } from './unlisted-sender.ts';

const line = ( daemon: string, text: string ) => `Dec  1 05:00:00 web1 postfix/${ daemon }[7]: ${ text }`;
const submitted = ( sender: string ) => line( 'pickup', `4Bcd123DFG: uid=2001 from=<${ sender }>` );
const held = line(
	'cleanup',
	'4Bcd123DFG: milter-hold: END-OF-MESSAGE from localhost[127.0.0.1]: milter triggers HOLD action; from=<site-1@localhost> to=<you@example.org>'
);
const refused = ( from: string ) =>
	line(
		'smtpd',
		`NOQUEUE: reject: DATA from localhost[127.0.0.1]: 554 5.7.1 <DATA>: Data command rejected: This sender is not listed for this site (uid=2001); from=<${ from }> to=<you@example.org> proto=SMTP helo=<a>`
	);
const read = ( lines: readonly string[] ) => lines.map( unlistedReader() ).filter( ( one ) => one !== null );

test.each( [
	[ [ submitted( 'x@elsewhere.test' ), held ], 'held', 'x@elsewhere.test' ],
	[ [ refused( 'Shop@Elsewhere.TEST.' ) ], 'refused', 'shop@elsewhere.test' ],
] )( 'a sender that may not be listed is told by the lines of its message', ( lines, how, sender ) => {
	expect( read( lines ) ).toEqual( [ { uid: 2001, sender, how } ] );
} );

test.each( [
	[ 'a message that was not held', [ submitted( 'x@elsewhere.test' ) ] ],
	[ 'one of which nothing was told before', [ held ] ],
	[ 'a name without a domain, and none', [ submitted( 'site-2' ), held, submitted( '' ), held, refused( '' ) ] ],
	[
		'what a site writes into a line',
		[
			submitted( 'x@elsewhere.test' ),
			line( 'cleanup', '4Bcd123DFG: warning: header Subject: milter-hold: END-OF-MESSAGE from x' ),
		],
	],
] )( '%s tells none', ( _what, lines ) => {
	expect( read( lines ) ).toEqual( [] );
} );
