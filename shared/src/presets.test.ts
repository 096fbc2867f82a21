import { describe, expect, test } from '@jest/globals';
import { hostName, port, smtpUserName } from './fields.ts';
import { presets } from './presets.ts';

describe( 'presets', () => {
	test( 'each has an id and a name of its own', () => {
		expect( new Set( presets.map( ( preset ) => preset.id ) ).size ).toBe( presets.length );
		expect( new Set( presets.map( ( preset ) => preset.name ) ).size ).toBe( presets.length );
	} );

	test.each( presets.map( ( preset ) => [ preset.name, preset ] as const ) )(
		'%s fills fields that the contract admits',
		( _name, preset ) => {
			expect( hostName.safeParse( preset.host ).success ).toBe( true );
			expect( preset.ports.map( ( one ) => port.safeParse( one ).success ) ).not.toContain( false );
			expect( new URL( preset.documentation ).protocol ).toBe( 'https:' );
			if ( 'literal' in preset.userName ) {
				expect( smtpUserName.parse( preset.userName.literal ) ).toBe( preset.userName.literal );
			}
		}
	);
} );
