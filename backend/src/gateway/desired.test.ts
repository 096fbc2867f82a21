import { describe, expect, test } from '@jest/globals';
import { Secret } from '../vault/secret.ts';
import { keyedDigest } from './keyed-digest.ts';
import { renderedVersion } from './rendered-version.ts';
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

	const noMail = new Map( [ [ 'web1.hosting.example', false ] ] );

	test( 'sends mail for everybody of this server to Mail for root, and nobody else’s', () => {
		expect( contentOf( 'virtual_alias', desireFor( freshFacts, {}, 'secret', noMail ) ) ).toBe(
			'@web1.hosting.example admin@example.com\n@web1 admin@example.com\n' +
				'@localhost admin@example.com\n@localhost.localdomain admin@example.com\n'
		);
	} );

	test( 'makes them senders of the Sending Domain', () => {
		expect( contentOf( 'generic', desireFor( freshFacts, {}, 'secret', noMail ) ) ).toBe(
			'@web1.hosting.example @example.com\n@web1 @example.com\n@localhost @example.com\n@localhost.localdomain @example.com\n'
		);
	} );

	test( 'makes them all the one account that is ours where everybody may have a mailbox', () => {
		const changes = { sendingDomain: 'gmail.com', userName: 'shop.mail@gmail.com' };

		expect( contentOf( 'generic', desireFor( freshFacts, changes ) ) ).toContain(
			'@localhost shop.mail@gmail.com\n'
		);
		expect( contentOf( 'generic', desireFor( freshFacts, { ...changes, userName: 'key' } ) ) ).toContain(
			'@localhost @gmail.com\n'
		);
	} );

	test( 'keeps a name as the server has it while DNS does not answer', () => {
		const path = '/etc/postfix/gateway-3/virtual_alias';
		const with_ = ( content: string ) => ( {
			...freshFacts,
			generation: 3,
			files: [ { path, digest: keyedDigest( freshFacts.digestKey, content ), mode: '644', owner: 'root' } ],
		} );
		const local = contentOf( 'virtual_alias', desireFor( freshFacts, {}, 'secret', noMail ) ) ?? '';

		expect( contentOf( 'virtual_alias', desireFor( with_( local ) ) ) ).toBe( local );
		expect( contentOf( 'virtual_alias', desireFor( with_( 'else' ) ) ) ).not.toContain( '@web1.hosting.example' );
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
