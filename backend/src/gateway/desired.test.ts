import { describe, expect, test } from '@jest/globals';
import { Secret } from '../vault/secret.ts';
import { keyedDigest, renderedVersion } from './desired.ts';
import { desireFor, freshFacts } from './test-facts.ts';

const contentOf = ( name: string, desired = desireFor( freshFacts ) ) => {
	const content = desired.files.find( ( file ) => file.name === name )?.content;
	return content instanceof Secret ? content.reveal() : content;
};
const hostnameOf = ( facts: typeof freshFacts, changes = {} ) =>
	desireFor( facts, changes ).parameters.find( ( { name } ) => name === 'myhostname' )?.value;

describe( 'what is desired', () => {
	test.each( [ 'p#$a:s "s\'`ü😀 <%41>', ' leading', '\\', '$(id)', '# no comment', '=', 'a  b' ] )(
		'takes the password %j byte for byte',
		( password ) => {
			const desired = desireFor( freshFacts, {}, password );

			expect( contentOf( 'sasl_passwd', desired ) ).toBe(
				`[smtp.provider.example]:587 gateway@example.com:${ password }\n`
			);
			expect( desired.credential.reveal() ).toBe( `gateway@example.com:${ password }` );
			expect( JSON.stringify( desired ) ).not.toContain( 'gateway@example.com:' );
		}
	);

	test( 'sends mail for root and for every local name to Mail for root', () => {
		expect( contentOf( 'virtual_alias' )?.split( '\n' ) ).toEqual(
			expect.arrayContaining( [
				'root admin@example.com',
				'@web1.hosting.example admin@example.com',
				'@web1 admin@example.com',
				'@localhost admin@example.com',
			] )
		);
	} );

	test( 'rewrites local senders and leaves the Sending Domain alone', () => {
		expect( contentOf( 'generic' ) ).toBe(
			'@web1.hosting.example @example.com\n@web1 @example.com\n@localhost @example.com\n@localhost.localdomain @example.com\n'
		);
	} );

	test( 'keeps the real mailboxes of a Sending Domain that is also the name of the server', () => {
		const desired = desireFor( { ...freshFacts, fqdn: 'example.com' } );

		expect( contentOf( 'virtual_alias', desired ) ).not.toContain( '@example.com admin' );
		expect( contentOf( 'generic', desired ) ).not.toMatch( /^@example\.com/m );
	} );

	test.each( [
		[ 'its own name', { fqdn: 'web1.hosting.example' }, {}, 'web1.hosting.example' ],
		[ 'Server Hostname (FQDN)', {}, { serverHostname: 'mail.example.com' }, 'mail.example.com' ],
		[ 'a name below the Sending Domain where its own does not resolve', { fqdn: '' }, {}, 'web1.example.com' ],
		[
			'a name below the Sending Domain where it calls itself localhost',
			{ fqdn: 'localhost.localdomain' },
			{},
			'web1.example.com',
		],
		[
			'a plain name where its own could not stand in main.cf',
			{ fqdn: 'a b$c', hostname: '$x y' },
			{},
			'xy.example.com',
		],
	] )( 'greets the provider with %s', ( _what, found, changes, expected ) => {
		expect( hostnameOf( { ...freshFacts, ...found }, changes ) ).toBe( expected );
	} );

	test.each( [
		[ { postfixVersion: '3.10.13' }, [ 3, 10 ] ],
		[ { postfixVersion: null, candidate: '3.8.6-1build2' }, [ 3, 8 ] ],
		[ { postfixVersion: null, candidate: null }, [ 3, 7 ] ],
		[ { postfixVersion: null, candidate: null, system: { ...freshFacts.system, versionId: '99' } }, [ 3, 5 ] ],
	] )( 'is rendered for the version found: %j', ( found, version ) => {
		expect( renderedVersion( { ...freshFacts, ...found } ) ).toEqual( version );
	} );

	test( 'has digests that another key changes', () => {
		expect( keyedDigest( new Secret( 'a' ), 'text' ) ).not.toBe( keyedDigest( new Secret( 'b' ), 'text' ) );
		expect( keyedDigest( new Secret( 'a' ), 'text' ) ).toBe(
			keyedDigest( new Secret( 'a' ), new Secret( 'text' ) )
		);
	} );
} );
