import { describe, expect, test } from '@jest/globals';
import { gatewaySettings, smtpPassword, type GatewaySettings } from '@email-gateway/shared';
import fc from 'fast-check';
import { nastyTexts } from '../../test-fixtures/hostile-text.ts';
import { Secret } from '../vault/secret.ts';
import { desire } from './desired.ts';
import type { Facts } from './facts.ts';
import { plan } from './plan.ts';
import { rootMailOf } from './root-mail.ts';
import { freshFacts } from './test-facts.ts';

const nasty = fc.constantFrom( ...nastyTexts.filter( ( text ) => text.length < 1_000 ) );
const around = ( ordinary: string ) =>
	fc.oneof(
		{ weight: 6, arbitrary: fc.constant( ordinary ) },
		fc
			.tuple( fc.nat( ordinary.length ), nasty )
			.map( ( [ at, text ] ) => ordinary.slice( 0, at ) + text + ordinary.slice( at ) ),
		fc.string( { unit: 'binary', maxLength: 60 } ),
		fc.string( { unit: 'grapheme', maxLength: 60 } )
	);
/** What a person types, of which only what the fields take gets any further. */
const typed = fc.record( {
	smtpServer: around( 'smtp.example.com' ),
	smtpPort: fc.constantFrom( 25, 465, 587, 2525 ),
	userName: around( 'user@example.com' ),
	sendingDomain: around( 'example.com' ),
	note: around( 'a note' ),
	serverHostname: fc.option( around( 'server.example.com' ) ),
	rootMail: fc.option( around( 'root@example.com' ) ),
	caCertificate: fc.option( around( '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----' ) ),
	// a new setting does not compile until it is typed here, too
} satisfies Record< keyof GatewaySettings, fc.Arbitrary< unknown > > );
/** What a hostile server says of itself. */
const forged = fc.record( {
	hostname: around( 'server' ),
	fqdn: around( 'server.example.com' ),
	parameter: around( 'relayhost = [x]:25' ),
} );

describe( 'whatever is typed, and whatever the server says of itself', () => {
	test( 'main.cf and the maps hold the lines that they would hold anyway, and no other', () => {
		let rendered = 0;
		const one = fc.tuple(
			typed,
			around( 'pass word' ),
			around( 'admin@example.com' ),
			around( 'https://x.example' ),
			forged
		);
		fc.assert(
			fc.property( one, ( [ input, word, administrator, siteUrl, said ] ) => {
				const settings = gatewaySettings.safeParse( input ).data;
				const password = smtpPassword.safeParse( word ).data;
				if ( settings === undefined || password === undefined ) {
					return;
				}
				rendered++;
				const facts: Facts = {
					...freshFacts,
					hostname: said.hostname,
					fqdn: said.fqdn,
					postfix: { ...freshFacts.postfix, parameters: [ said.parameter ] },
				};
				const rootMail = rootMailOf( settings, administrator );
				const desired = desire(
					{
						settings,
						password: new Secret( password ),
						rootMail,
						site: { id: 'x', url: siteUrl, serverId: 1 },
					},
					facts
				);

				// as postconf(5) reads it: `#` begins a comment, a blank in front continues the line before
				const lines = desired
					.mainCf( 1 )
					.split( '\n' )
					.filter( ( line ) => line !== '' && ! line.startsWith( '#' ) );
				expect( lines.map( ( line ) => line.split( ' =' )[ 0 ] ) ).toEqual(
					desired.parameters.map( ( { name } ) => name )
				);
				expect( lines.filter( ( line ) => /\p{Cc}/u.test( line ) || /^\s/.test( line ) ) ).toEqual( [] );
				// nothing that is expanded, and no second relay
				expect( lines.join( '\n' ) ).not.toContain( '$' );
				expect( desired.relayhost ).toMatch( /^\[[a-z0-9.-]+\]:\d+$/ );

				const contents = new Map(
					desired.files.map( ( { name, content } ) => [
						name,
						content instanceof Secret ? content.reveal() : content,
					] )
				);
				expect( contents.get( 'sasl_passwd' ) ).toBe(
					`${ desired.relayhost } ${ settings.userName }:${ password }\n`
				);
				expect( contents.get( 'sasl_passwd' )?.match( /\p{Cc}/gu ) ).toEqual( [ '\n' ] );
				expect( contents.get( 'ca.pem' ) ?? '' ).toMatch( /^[A-Za-z0-9+/=\s-]*$/ );
				for ( const map of [ 'virtual_alias', 'generic' ] ) {
					for ( const line of ( contents.get( map ) ?? '' ).split( '\n' ).slice( 0, -1 ) ) {
						expect( line ).toMatch( /^@?[a-z0-9.-]+ [^\s,;:"<>\\()@]*@[A-Za-z0-9.-]+$/ );
					}
				}
				// the screen is shown no secret
				expect( JSON.stringify( [ desired, plan( facts, desired ) ] ) ).not.toContain(
					JSON.stringify( `${ settings.userName }:${ password }` ).slice( 1, -1 )
				);
			} ),
			{ numRuns: 600 }
		);
		expect( rendered ).toBeGreaterThan( 30 );
	} );

	test( 'what cannot be the administrator’s address is not written into a map', () => {
		fc.assert(
			fc.property( around( 'admin@example.com' ), ( administrator ) => {
				expect( rootMailOf( { rootMail: null, sendingDomain: 'example.com' }, administrator ) ).toMatch(
					/^[^\s,;:"<>\\()@]+@[A-Za-z0-9.-]+$/
				);
			} ),
			{ numRuns: 2_000 }
		);
	} );
} );
