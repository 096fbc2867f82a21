import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderSubmitter } from './submitter.ts';

const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const row = ( client: string, server: string, uid: number, state = '01' ) =>
	`   1: ${ client } ${ server } ${ state } 00000000:00000000 00:00000000 00000000  ${ uid }        0 4711 1 0000000000000000 20 4 30 10 -1`;

/** The answers to requests, where the kernel has these connections. */
function answers(
	requests: Record< string, string >[],
	{ tcp = [], tcp6 = [] }: { tcp?: string[]; tcp6?: string[] },
	shell = 'sh'
): string[] {
	const folder = mkdtempSync( join( tmpdir(), 'submitter-' ) );
	try {
		const program = join( folder, 'program' );
		writeFileSync( program, renderSubmitter( [] ) );
		writeFileSync( join( folder, 'tcp' ), [ head, ...tcp, '' ].join( '\n' ) );
		writeFileSync( join( folder, 'tcp6' ), [ head, ...tcp6, '' ].join( '\n' ) );
		const input = requests
			.map( ( request ) =>
				[ ...Object.entries( request ).map( ( [ name, value ] ) => `${ name }=${ value }\n` ), '\n' ].join( '' )
			)
			.join( '' );
		const { stdout, stderr } = spawnSync( shell, [ program ], {
			input,
			encoding: 'utf8',
			env: { PATH: process.env.PATH, EMAIL_GATEWAY_PROC_NET: folder },
		} );
		expect( stderr ).toBe( '' );
		return stdout.split( '\n\n' ).slice( 0, -1 );
	} finally {
		rmSync( folder, { recursive: true } );
	}
}

const v4 = { request: 'smtpd_access_policy', client_address: '127.0.0.1', client_port: '51234' };
// 51234 is C822
const ofSite = row( '0100007F:C822', '0100007F:0019', 1001 );

describe( 'who hands a message over by SMTP', () => {
	test( 'is whom the kernel says to have the client’s end of the connection', () => {
		expect( answers( [ v4 ], { tcp: [ row( '0100007F:0019', '0100007F:C822', 104 ), ofSite ] } ) ).toEqual( [
			'action=INFO uid=1001',
		] );
	} );

	test( 'is told for each message of a connection that is kept, and of the next one', () => {
		const next = { ...v4, client_port: '25' };
		expect( answers( [ v4, v4, next ], { tcp: [ ofSite, row( '0100007F:0019', '0100007F:0019', 33 ) ] } ) ).toEqual(
			[ 'action=INFO uid=1001', 'action=INFO uid=1001', 'action=INFO uid=33' ]
		);
	} );

	test( 'is told where the client has sent all at once and says no more', () => {
		expect( answers( [ v4 ], { tcp: [ row( '0100007F:C822', '0100007F:0019', 1001, '05' ) ] } ) ).toEqual( [
			'action=INFO uid=1001',
		] );
	} );

	test( 'is told over IPv6, and where an IPv6 socket is connected to IPv4', () => {
		const loopback6 = '00000000000000000000000001000000';
		const mapped = '0000000000000000FFFF00000100007F';
		const tcp6 = [
			row( `${ loopback6 }:C822`, `${ loopback6 }:0019`, 1002 ),
			row( `${ mapped }:C823`, `${ mapped }:0019`, 1003 ),
		];
		const requests = [
			{ ...v4, client_address: '::1' },
			{ ...v4, client_port: '51235' },
		];
		expect( answers( requests, { tcp6 } ) ).toEqual( [ 'action=INFO uid=1002', 'action=INFO uid=1003' ] );
	} );

	test.each< [ string, Record< string, string >, string ] >( [
		[ 'the connection is not there', v4, row( '0100007F:C823', '0100007F:0019', 1001 ) ],
		[ 'it leads to another port', v4, row( '0100007F:C822', '0100007F:1F90', 1001 ) ],
		[ 'it is from another address', v4, row( '0A00007F:C822', '0100007F:0019', 1001 ) ],
		// it says 0, which would be root
		[ 'the client has closed it', v4, row( '0100007F:C822', '0100007F:0019', 0, '06' ) ],
		[
			'the address is no loopback',
			{ ...v4, client_address: '10.0.0.5' },
			row( '0500000A:C822', '0100007F:0019', 1001 ),
		],
		[ 'the client has closed it a moment ago', v4, row( '0100007F:C822', '0100007F:0019', 0, '05' ) ],
		[ 'there is no port', { client_address: '127.0.0.1' }, ofSite ],
		[ 'the port is no number', { ...v4, client_port: '$(id)' }, ofSite ],
		[ 'the address is a program', { ...v4, client_address: '127.0.0.$(touch /tmp/x)' }, ofSite ],
	] )( 'is not told where %s', ( _what, request, tcp ) => {
		expect( answers( [ request ], { tcp: [ tcp ] } ) ).toEqual( [ 'action=DUNNO' ] );
	} );

	test( 'what a site writes into a request is not read as another line', () => {
		const forged = { ...v4, sender: 'a@b.test client_port=1', helo_name: 'client_address=::1' };
		expect( answers( [ forged ], { tcp: [ ofSite ] } ) ).toEqual( [ 'action=INFO uid=1001' ] );
	} );
} );
