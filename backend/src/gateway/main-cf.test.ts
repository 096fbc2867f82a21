import { describe, expect, test } from '@jest/globals';
import { mainCfParameters, renderMainCf, type MainCfInput } from './main-cf.ts';
import { noRules } from './rules.ts';
import type { PostfixVersion } from './postfix-version.ts';
import { settings } from './test-facts.ts';

const input = ( version: PostfixVersion, changes: Partial< MainCfInput[ 'settings' ] > = {} ): MainCfInput => ( {
	settings: { ...settings, ...changes },
	hostname: 'web1.hosting.example',
	version,
	folder: '/etc/postfix/gateway-1',
	authCache: 'btree',
	rules: noRules,
} );
const valueOf = ( name: string, ...rest: Parameters< typeof input > ) =>
	mainCfParameters( input( ...rest ) ).find( ( found ) => found.name === name )?.value;

describe( 'main.cf', () => {
	test.each< [ PostfixVersion, string, string, string | undefined ] >( [
		[ [ 3, 5 ], '2', '!SSLv2, !SSLv3, !TLSv1, !TLSv1.1', undefined ],
		[ [ 3, 6 ], '3.6', '>=TLSv1.2', undefined ],
		[ [ 3, 7 ], '3.6', '>=TLSv1.2', undefined ],
		[ [ 3, 8 ], '3.6', '>=TLSv1.2', undefined ],
		[ [ 3, 10 ], '3.6', '>=TLSv1.2', 'no' ],
		[ [ 3, 11 ], '3.6', '>=TLSv1.2', 'no' ],
	] )( 'of Postfix %j uses only what that version has', ( version, level, protocols, tlsRequired ) => {
		expect( valueOf( 'compatibility_level', version ) ).toBe( level );
		expect( valueOf( 'smtp_tls_mandatory_protocols', version ) ).toBe( protocols );
		expect( valueOf( 'tls_required_enable', version ) ).toBe( tlsRequired );
	} );

	test.each( [
		[ 587, undefined ],
		[ 2525, undefined ],
		[ 465, 'yes' ],
		[ 2465, 'yes' ],
		[ 443, 'yes' ],
	] )( 'speaks on port %i as that port does', ( smtpPort, wrapperMode ) => {
		expect( valueOf( 'smtp_tls_wrappermode', [ 3, 7 ], { smtpPort } ) ).toBe( wrapperMode );
		expect( valueOf( 'relayhost', [ 3, 7 ], { smtpPort } ) ).toBe( `[smtp.provider.example]:${ smtpPort }` );
		expect( valueOf( 'smtp_tls_security_level', [ 3, 7 ], { smtpPort } ) ).toBe( 'secure' );
	} );

	test( 'gives up on a port that takes no connection before a test email stops waiting for its answer (40 s)', () => {
		const seconds = /^(\d+)s$/.exec( valueOf( 'smtp_connect_timeout', [ 3, 7 ] ) ?? '' )?.[ 1 ];
		expect( Number( seconds ) ).toBeLessThan( 40 );
	} );

	test( 'gives a greeting and a login the five minutes of RFC 5321 (4.5.3.2)', () => {
		expect( valueOf( 'smtp_helo_timeout', [ 3, 7 ] ) ).toBe( '300s' );
	} );

	test( 'keeps to the connections that a known provider allows', () => {
		const limit = ( smtpServer: string ) =>
			valueOf( 'smtp_destination_concurrency_limit', [ 3, 7 ], { smtpServer } );
		expect( limit( 'smtp.office365.com' ) ).toBe( '3' );
		expect( limit( 'smtp.provider.example' ) ).toBe( '5' );
		const addresses = ( smtpServer: string ) => valueOf( 'smtp_mx_address_limit', [ 3, 7 ], { smtpServer } );
		expect( addresses( 'smtp.office365.com' ) ).toBe( '3' );
		expect( addresses( 'smtp.provider.example' ) ).toBe( '5' );
		expect(
			renderMainCf( input( [ 3, 7 ], { smtpServer: 'smtp.office365.com' } ), 'https://site.example' )
		).toMatch( /# Microsoft 365 allows 3 connections at once\nsmtp_destination_concurrency_limit = 3/ );
	} );

	test( 'keeps to the messages a minute that a known provider allows, and to nothing where it names none', () => {
		const delay = ( smtpServer: string ) => valueOf( 'smtp_destination_rate_delay', [ 3, 7 ], { smtpServer } );
		expect( delay( 'smtp.office365.com' ) ).toBe( '2s' );
		expect( delay( 'smtp.provider.example' ) ).toBeUndefined();
	} );

	test.each( [
		[ 'smtp.postmarkapp.com', '10000000' ],
		[ 'mail.smtp2go.com', '50000000' ],
		[ 'smtp.provider.example', '26214400' ],
	] )( 'takes messages as large as %s does', ( smtpServer, size ) => {
		expect( valueOf( 'message_size_limit', [ 3, 7 ], { smtpServer } ) ).toBe( size );
	} );

	test( 'trusts a given CA in addition to the well-known roots', () => {
		const caCertificate = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';

		expect( valueOf( 'smtp_tls_CAfile', [ 3, 7 ], { caCertificate } ) ).toBe( '/etc/postfix/gateway-1/ca.pem' );
		expect( valueOf( 'smtp_tls_CApath', [ 3, 7 ], { caCertificate } ) ).toBe( '/etc/ssl/certs' );
		expect( valueOf( 'smtp_tls_CApath', [ 3, 7 ] ) ).toBeUndefined();
	} );

	test( 'gives each key once, and each with a reason in the line above it', () => {
		const lines = renderMainCf( input( [ 3, 10 ] ), 'https://example.com' )
			.trimEnd()
			.split( '\n' )
			.slice( 3 );
		const names = lines.filter( ( line ) => ! line.startsWith( '#' ) ).map( ( line ) => line.split( ' =' )[ 0 ] );

		expect( new Set( names ).size ).toBe( names.length );
		expect( lines.every( ( line, at ) => line.startsWith( '# ' ) === ( at % 2 === 0 ) ) ).toBe( true );
		expect( lines ).toContain( 'mydestination =' );
	} );

	test( 'stays ASCII and one comment line whatever the site is called', () => {
		const text = renderMainCf( input( [ 3, 7 ] ), 'https://example.com/\nmynetworks = 0.0.0.0/0' );

		expect( text ).not.toMatch( /^mynetworks = 0/m );
		expect( text ).toMatch( /^[\x0a\x20-\x7e]*$/ );
	} );
} );
