import { describe, expect, test } from '@jest/globals';
import { phpLiteral, renderWpConfig } from './wp-config.ts';

describe( 'wp-config.php', () => {
	test.each( [
		[ true, 'true' ],
		[ 1, '1' ],
		[ "it's", String.raw`'it\'s'` ],
		[ String.raw`C:\new`, String.raw`'C:\\new'` ],
		[ '$no "variable"', `'$no "variable"'` ],
	] )( '%j is %s to PHP', ( value, literal ) => {
		expect( phpLiteral( value ) ).toBe( literal );
	} );

	test( 'talks to this machine only, and is the same text for the same site', () => {
		const options = {
			url: 'http://127.0.0.1:20000',
			database: { kind: 'sqlite', dir: '/lab/sqlite' } as const,
			debugLog: '/lab/log/wordpress.log',
			salts: { AUTH_KEY: 'salt' },
		};
		const text = renderWpConfig( options );
		expect( text ).toContain( "define( 'WP_HTTP_BLOCK_EXTERNAL', true );" );
		expect( text ).toContain( "define( 'AUTH_KEY', 'salt' );" );
		expect( renderWpConfig( options ) ).toBe( text );
		// in a network it would be the address of every site
		expect( text ).toContain( 'WP_HOME' );
		expect( renderWpConfig( { ...options, network: true } ) ).not.toContain( 'WP_HOME' );
	} );
} );
