import { describe, expect, test } from '@jest/globals';
import { localNames, namesToAskFor } from './own-names.ts';

const input = ( fqdn: string, sendingDomain: string, siteUrl = 'https://shop.example' ) => ( {
	facts: { hostname: fqdn.split( '.' )[ 0 ] ?? '', fqdn },
	hostname: fqdn,
	settings: { sendingDomain },
	siteUrl,
} );
const yes = new Map( [
	[ 'example.org', true ],
	[ 'web1.example.org', true ],
] );
const no = new Map( [
	[ 'example.org', false ],
	[ 'web1.example.org', false ],
] );

describe( 'a name of the server', () => {
	test.each( [
		[ 'is the Sending Domain', input( 'example.org', 'example.org' ) ],
		[ 'is what the Sending Domain lies below', input( 'example.org', 'mg.example.org' ) ],
		[ 'is the domain of the site', input( 'example.org', 'gmail.com', 'https://example.org' ) ],
		[ 'is what the site lies below', input( 'example.org', 'gmail.com', 'https://www.example.org/blog' ) ],
	] )( 'that %s keeps its mailboxes, whatever DNS says', ( _what, names ) => {
		expect( namesToAskFor( names ) ).toEqual( [] );
		expect( localNames( names, no, 'local' ) ).toEqual( [ 'example', 'localhost', 'localhost.localdomain' ] );
	} );

	test.each( [ 'example.org', 'web1.example.org' ] )( 'such as %s is asked of DNS otherwise', ( fqdn ) => {
		const names = input( fqdn, 'gmail.com', `https://demo.${ fqdn.replace( /^example/, 'other' ) }` );

		expect( namesToAskFor( names ) ).toEqual( [ fqdn ] );
		expect( localNames( names, yes, 'local' ) ).not.toContain( fqdn );
		expect( localNames( names, no, 'domain' ) ).toContain( fqdn );
		expect( localNames( names, new Map(), 'domain' ) ).not.toContain( fqdn );
		expect( localNames( names, new Map(), 'local' ) ).toContain( fqdn );
	} );

	test( 'that could not stand in a map is left out', () => {
		expect( localNames( input( 'a b$c', 'example.org' ), no, 'local' ) ).toEqual( [
			'localhost',
			'localhost.localdomain',
		] );
	} );
} );
