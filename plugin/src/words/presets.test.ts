/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { presets, type Preset } from '@email-gateway/shared/presets';
import { presetWords } from './presets.ts';

const microsoft = presets.find( ( { id } ) => id === 'microsoft_365' ) as Preset;

describe( 'what the form tells of a provider', () => {
	test( 'its limits, where it names them', () => {
		expect( presetWords( microsoft ).limits ).toMatch( /3 connections at once.*30 messages a minute/ );
	} );

	test( 'a dated warning, before the day and after it', () => {
		const before = presetWords( microsoft, Date.parse( '2026-11-24' ) ).warning;
		const after = presetWords( microsoft, Date.parse( '2027-01-02' ) ).warning;
		expect( before ).toMatch( /^Microsoft switches .* from the end of December 2026/ );
		expect( after ).toMatch( /^Since the end of December 2026 .* off by default/ );
	} );

	test.each( presets.map( ( preset ) => [ preset.name, preset ] as const ) )(
		'%s: user name, password and From',
		( _name, preset ) => {
			const { userName, password, from } = presetWords( preset );
			expect( [ userName, password, from ].map( ( text ) => text.endsWith( '.' ) ) ).toEqual( [
				true,
				true,
				true,
			] );
		}
	);
} );
