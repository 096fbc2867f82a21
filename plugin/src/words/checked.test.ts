import { describe, expect, test } from '@jest/globals';
import type { CheckedSettings } from '@email-gateway/shared';
import { causeWords } from './causes.ts';
import { checkedRows } from './checked.ts';

const seen: CheckedSettings = {
	port: 587,
	ports: [
		{ port: 587, state: 'open', ipv4: 'open', ipv6: 'silent', speaks: 'starttls' },
		{ port: 2525, state: 'silent', ipv4: 'silent', ipv6: null, speaks: null },
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
		expect( rows.slice( 0, 3 ) ).toEqual( [
			{ what: 'Port 587 by IPv4', seen: 'Open, encrypted by STARTTLS.', good: true },
			{ what: 'Port 587 by IPv6', seen: expect.stringMatching( /^Silent/ ), good: null },
			{ what: 'Port 2525', seen: expect.stringMatching( /^Silent/ ), good: null },
		] );
		expect( rows.map( ( { seen: words } ) => words ) ).toEqual(
			expect.arrayContaining( [ 'TLSv1.3, begun by STARTTLS.', 'smtp.example.com, *.example.com', 'Example CA' ] )
		);
		expect( rows.at( -1 ) ).toEqual( { what: 'Login', seen: 'Refused.', good: false } );
	} );

	test( 'marks a certificate that is over', () => {
		expect( checkedRows( seen ).find( ( { what } ) => what === 'Valid until' )?.good ).toBe( false );
	} );

	test( 'tells IPv4 and IPv6 apart only where they differ', () => {
		const ports = ( ipv6: 'open' | 'silent' ) =>
			checkedRows( { ...seen, ports: [ { ...seen.ports[ 0 ]!, ipv4: 'open', ipv6 } ] } )
				.map( ( { what } ) => what )
				.filter( ( what ) => what.startsWith( 'Port' ) );
		expect( ports( 'open' ) ).toEqual( [ 'Port 587' ] );
		expect( ports( 'silent' ) ).toEqual( [ 'Port 587 by IPv4', 'Port 587 by IPv6' ] );
	} );
} );

test( 'a cloud that blocks mail: the ports to ask for are named', () => {
	const { todo } = causeWords( { cause: 'cloud_blocks_mail', silentPorts: [ '587', '465' ] } ) ?? { todo: '' };
	expect( todo ).toMatch( /Ask the support of the cloud.*587, 465/ );
} );
