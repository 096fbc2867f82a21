import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { z } from 'zod';
import { actor } from './actor.ts';
import { connectionInput } from './connection.ts';
import { endpoints } from './endpoints.ts';
import * as fields from './fields.ts';
import { gatewaySettingsInput } from './settings.ts';

const nasty = fc.constantFrom(
	...[
		'\n',
		'\r',
		'\0',
		'\t',
		'\u001b[2J',
		'\u0085',
		'\ud800',
		' ',
		',',
		'$',
		'[',
		']',
		'<',
		'>',
		'"',
		':',
		';',
		'@',
		'/',
		'#',
	]
);
/** A text that its field takes, with something in it that may not be there; or any text at all. */
const around = ( ordinary: string ) =>
	fc.oneof(
		fc
			.tuple( fc.nat( ordinary.length ), nasty )
			.map( ( [ at, text ] ) => ordinary.slice( 0, at ) + text + ordinary.slice( at ) ),
		fc.string( { unit: 'binary', maxLength: 80 } ),
		fc.string( { unit: 'grapheme', maxLength: 80 } ),
		fc.string( { unit: 'binary-ascii', maxLength: 300 } )
	);
/** What a field lets through of everything typed. */
const taken = ( schema: z.ZodType, ordinary: string, holds: ( text: string, typed: string ) => void ) =>
	fc.assert(
		fc.property( around( ordinary ), ( typed ) => {
			const { data } = schema.safeParse( typed );
			if ( typeof data === 'string' ) {
				holds( data, typed );
			}
		} ),
		{ numRuns: 500 }
	);

describe( 'whatever is typed into a field', () => {
	test.each( [
		[ 'hostName', fields.hostName, 'smtp.example.com' ],
		[ 'domainName', fields.domainName, 'example.com' ],
	] )( '%s lets through letters, digits, dots and hyphens only', ( _name, schema, ordinary ) => {
		taken( schema, ordinary, ( text ) => expect( text ).toMatch( /^[a-z0-9][a-z0-9.-]{0,252}$/ ) );
	} );

	test( 'a mail address has one @, no blank, and nothing that quotes, groups or lists', () => {
		taken( fields.mailAddress, 'a.b@example.com', ( text ) => {
			expect( text ).toMatch( /^[^\s@"(),:;<>[\\\]]+@[A-Za-z0-9.-]+$/ );
		} );
	} );

	test.each( [
		[ 'smtpUserName', fields.smtpUserName ],
		[ 'smtpPassword', fields.smtpPassword ],
		[ 'sshPassword', fields.sshPassword ],
		[ 'note', fields.note ],
	] )( '%s is one line, and goes through byte for byte', ( _name, schema ) => {
		taken( schema, 'p#$a:s "s', ( text, typed ) => {
			expect( text ).toBe( typed );
			expect( text ).not.toMatch( /\p{Cc}/u );
			expect( Buffer.from( text ).toString() ).toBe( typed );
		} );
	} );

	test( 'a map splits user name and password where they were put together', () => {
		fc.assert(
			fc.property( around( 'user@example.com' ), around( 'p:w' ), ( name, word ) => {
				const [ user, password ] = [
					fields.smtpUserName.safeParse( name ).data,
					fields.smtpPassword.safeParse( word ).data,
				];
				if ( user !== undefined && password !== undefined ) {
					const line = `${ user }:${ password }`;
					expect( [ line.slice( 0, line.indexOf( ':' ) ), line.slice( line.indexOf( ':' ) + 1 ) ] ).toEqual( [
						user,
						password,
					] );
				}
			} ),
			{ numRuns: 500 }
		);
	} );

	test( 'an SSH user name is one word', () => {
		taken( fields.sshUserName, 'deploy-user', ( text ) =>
			expect( text ).toMatch( /^[A-Za-z_][A-Za-z0-9._-]*\$?$/ )
		);
	} );

	test( 'an address of a site is http or https on one line', () => {
		taken( fields.siteUrl, 'https://shop.example.com', ( text ) =>
			expect( text ).toMatch( /^https?:[^\p{Cc}]+$/iu )
		);
		expect( fields.siteUrl.safeParse( 'javascript:alert(1)' ).success ).toBe( false );
	} );

	test( 'certificates and keys are PEM and no other line', () => {
		taken( fields.caCertificate, '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', ( text ) => {
			expect( text ).toMatch( /^[A-Za-z0-9+/=\s-]+$/ );
		} );
	} );
} );

describe( 'JSON that means to be more than data', () => {
	const ways = [
		'{"__proto__":{"may":["manage_site"]}}',
		'{"constructor":{"prototype":{"x":1}}}',
		'{"toString":"x"}',
	];

	test.each( ways )( '%s is no field of any endpoint', ( text ) => {
		for ( const { request } of Object.values( endpoints ) ) {
			expect( request.safeParse( JSON.parse( text ) ).success ).toBe( false );
		}
		expect( actor.safeParse( JSON.parse( text ) ).success ).toBe( false );
		expect( {} ).not.toHaveProperty( 'may' );
		expect( {} ).not.toHaveProperty( 'x' );
	} );

	test( 'nothing that is no field gets through, however deep', () => {
		const strict = [ gatewaySettingsInput, connectionInput, actor ] as z.ZodType[];
		fc.assert(
			fc.property( fc.constantFrom( ...strict ), fc.jsonValue( { maxDepth: 3 } ), ( schema, value ) => {
				expect( schema.safeParse( value ).success ).toBe( false );
			} ),
			{ numRuns: 500 }
		);
	} );
} );
