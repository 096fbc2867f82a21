import { describe, expect, test } from '@jest/globals';
import { parseSiteOptions } from './main.ts';
import { unixUserOf } from './site.ts';

describe( 'a site on a server of the lab', () => {
	test( 'has the newest WordPress unless told', () => {
		expect( parseSiteOptions( [ '--server', 'web1-debian12', '--domain', 'shop.example.test' ] ) ).toEqual( {
			server: 'web1-debian12',
			domain: 'shop.example.test',
			wordpress: '7.1',
		} );
	} );

	test.each( [
		[ [ '--server', 'web1-debian12' ], 'A site wants --server NAME and --domain DOMAIN.' ],
		[
			[ '--server', 'web1', '--domain', 'a.test', '--wordpress', '5.0' ],
			'--wordpress knows 7.1 and 6.8, not "5.0".',
		],
		...[
			'shop',
			'shop.test/..',
			'shop.test; reboot',
			'Shop.test',
			'.test',
			'a..test',
			'-a.test',
			'$(id).test',
		].map( ( domain ): [ string[], string ] => [
			[ '--server', 'web1', `--domain=${ domain }` ],
			`"${ domain }" is no domain such as shop.example.test.`,
		] ),
	] )( '%j is refused with a sentence', ( argv, sentence ) => {
		expect( () => parseSiteOptions( argv ) ).toThrow( sentence );
	} );

	test( 'its user is named after the domain, as long as Linux takes it', () => {
		expect( unixUserOf( 'shop.example.test' ) ).toBe( 'shop.example.test' );
		expect( unixUserOf( 'a-shop-with-a-very-long-name-012.example.test' ) ).toBe(
			'a-shop-with-a-very-long-name-012'
		);
		expect( unixUserOf( 'a-shop-with-a-very-long-name-01.example.test' ) ).toBe(
			'a-shop-with-a-very-long-name-01'
		);
	} );
} );
