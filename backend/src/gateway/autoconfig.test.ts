import { describe, expect, test } from '@jest/globals';
import { toldByFile, toldBySrv } from './autoconfig.ts';

const address = 'me@site.test';
const srv = ( name: string, port: number, priority = 0, weight = 0 ) => ( { name, port, priority, weight } );

describe( 'SRV records', () => {
	test( 'the first by priority, then by weight', () => {
		const records = [ srv( 'c.test', 587, 20 ), srv( 'A.test', 587, 10, 1 ), srv( 'b.test', 587, 10, 5 ) ];
		expect( toldBySrv( records, { mode: 'starttls', address } ) ).toEqual( {
			smtpServer: 'b.test',
			smtpPort: 587,
			userName: address,
		} );
	} );

	test.each( [
		[ 'says that there is no such service', srv( '.', 0 ) ],
		[ 'names what is no host', srv( 'a b', 587 ) ],
		[ 'names a port at which Postfix would speak otherwise', srv( 'smtp.test', 465 ) ],
	] )( 'one that %s counts for nothing', ( _what, record ) => {
		expect( toldBySrv( [ record ], { mode: 'starttls', address } ) ).toBe( null );
	} );
} );

const outgoing = ( change: Record< string, string > = {} ) => {
	const parts = {
		hostname: 'smtp.site.test',
		port: '587',
		socketType: 'STARTTLS',
		username: '%EMAILADDRESS%',
		authentication: 'password-cleartext',
		...change,
	};
	const body = Object.entries( parts ).map( ( [ name, text ] ) => `<${ name }>${ text }</${ name }>` );
	return `<outgoingServer type="smtp">${ body.join( '\n' ) }</outgoingServer>`;
};
const file = ( ...servers: string[] ) =>
	`<clientConfig><emailProvider><incomingServer type="imap"><hostname>imap.site.test</hostname></incomingServer>${ servers.join(
		''
	) }</emailProvider></clientConfig>`;

describe( 'a file of Thunderbird’s autoconfiguration', () => {
	test.each< [ string, string[], object | null ] >( [
		[
			'names server, port and user',
			[ outgoing() ],
			{ smtpServer: 'smtp.site.test', smtpPort: 587, userName: address },
		],
		[
			'the part of the address before the @',
			[ outgoing( { username: '%EMAILLOCALPART%' } ) ],
			{ userName: 'me' },
		],
		[
			'an encrypted one after one in clear',
			[ outgoing( { socketType: 'plain', port: '25' } ), outgoing( { socketType: 'SSL', port: '465' } ) ],
			{ smtpPort: 465 },
		],
		[ 'nothing but a connection in clear', [ outgoing( { socketType: 'plain' } ) ], null ],
		[ 'nothing but OAuth', [ outgoing( { authentication: 'OAuth2' } ) ], null ],
		[ 'TLS at once at a port that means STARTTLS', [ outgoing( { socketType: 'SSL' } ) ], null ],
		[ 'a host that is none', [ outgoing( { hostname: 'smtp.test, evil.test' } ) ], null ],
		[ 'a port that is none', [ outgoing( { port: '0x24b' } ), outgoing( { port: '70000' } ) ], null ],
		[ 'a user name that could not be written', [ outgoing( { username: 'a:b' } ) ], { userName: null } ],
		[ 'entities that nobody declared', [ outgoing( { username: '&xxe;' } ) ], { userName: '&xxe;' } ],
		[ 'a server in a comment', [ `<!-- ${ outgoing() } -->` ], null ],
		[ 'nothing', [], null ],
	] )( '%s', ( _what, servers, told ) => {
		const found = toldByFile( file( ...servers ), address );
		expect( found ).toEqual( told && expect.objectContaining( told ) );
	} );

	test.each( [ 'not xml', '<outgoingServer type="smtp">', '<'.repeat( 100_000 ), '<!--'.repeat( 30_000 ) ] )(
		'a broken one tells nothing, and soon (%#)',
		( text ) => {
			expect( toldByFile( text, address ) ).toBe( null );
		}
	);
} );
