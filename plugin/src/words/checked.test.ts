import { describe, expect, test } from '@jest/globals';
import type { CheckedSettings } from '@email-gateway/shared';
import { checkedRows, silenceWords } from './checked.ts';

const seen: CheckedSettings = {
	port: 587,
	ports: [
		{ port: 587, state: 'open' },
		{ port: 2525, state: 'silent' },
	],
	tls: {
		mode: 'starttls',
		version: 'TLSv1.3',
		names: [ 'smtp.example.com', '*.example.com' ],
		issuer: 'Example CA',
		expiresAt: '2020-01-02T03:04:05Z',
		serverStoreAgrees: false,
	},
	login: 'refused',
	problem: null,
	skipped: null,
	openPorts: [],
	sender: null,
};

describe( 'the table of what was seen', () => {
	test( 'has a line for each port, the encryption, the certificate and the login', () => {
		const rows = checkedRows( seen );
		expect( rows.slice( 0, 2 ) ).toEqual( [
			{ what: 'Port 587', seen: 'open', good: true },
			{ what: 'Port 2525', seen: expect.stringMatching( /^silent/ ), good: null },
		] );
		expect( rows.map( ( { seen: words } ) => words ) ).toEqual(
			expect.arrayContaining( [ 'TLSv1.3, by STARTTLS', 'smtp.example.com, *.example.com', 'Example CA' ] )
		);
		expect( rows.at( -1 ) ).toEqual( { what: 'Login', seen: 'refused', good: false } );
	} );

	test( 'marks a certificate that is over', () => {
		expect( checkedRows( seen ).find( ( { what } ) => what === 'Valid until' )?.good ).toBe( false );
	} );

	test( 'says what to ask the cloud for only where every port is silent', () => {
		const silent = { ...seen, ports: seen.ports.map( ( { port } ) => ( { port, state: 'silent' as const } ) ) };
		expect( silenceWords( silent ) ).toMatch( /Ask the cloud to open outgoing TCP port 587/ );
		expect( [ silenceWords( seen ), silenceWords( { ...seen, ports: [] } ) ] ).toEqual( [ '', '' ] );
	} );

	test( 'has no line for what nobody could look at', () => {
		const rows = checkedRows( { ...seen, ports: [], tls: null, login: 'not_tried' } );
		expect( rows.map( ( { what } ) => what ) ).toEqual( [ 'Login' ] );
	} );
} );
