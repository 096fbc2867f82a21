// Names whose answer changes after they were judged, in a network that has a public address and a resolver of its own.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, jest, test } from '@jest/globals';
import { makeTestCertificates } from '../mail/test-certificates.ts';

jest.setTimeout( 120_000 );

test( 'a name that points elsewhere after it was judged is not asked again: alerts and texts go to what was judged', async () => {
	const [ host, folder ] = [ 'flips.site.test', mkdtempSync( join( tmpdir(), 'email-gateway-flips-' ) ) ];
	try {
		const { ca, good } = makeTestCertificates( host );
		const file = ( name: string, text: string ) => {
			writeFileSync( join( folder, name ), text );
			return join( folder, name );
		};
		file( 'cert.pem', good.cert );
		file( 'key.pem', good.key );
		const program = fileURLToPath( new URL( '../../test-fixtures/flipping-name.ts', import.meta.url ) );
		const env = { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: file( 'ca.pem', ca ) };
		const alone = [ '--net', '--mount', process.execPath, program, host, folder ];
		const { stdout } = await promisify( execFile )( 'unshare', alone, { env, timeout: 90_000 } );
		const [ outer, inner ] = [ '203.0.113.9', '127.0.0.1' ];
		expect( JSON.parse( stdout ) ).toEqual( {
			// who judges a name and then has it looked up again is led inside
			trap: { answer: 200, reached: [ inner ], asked: 2 },
			alert: {
				flips: { answer: null, reached: [ outer ], asked: 1 },
				inner: { answer: 'server_address_refused', reached: [], asked: 1 },
				both: { answer: 'server_address_refused', reached: [], asked: 1 },
			},
			text: {
				flips: { answer: 'text', reached: [ outer ], asked: 1 },
				inner: { answer: null, reached: [], asked: 1 },
				both: { answer: null, reached: [], asked: 1 },
			},
		} );
	} finally {
		rmSync( folder, { recursive: true } );
	}
} );
