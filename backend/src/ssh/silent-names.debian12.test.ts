// Names of servers whose resolver says nothing, in a network that has such a resolver.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, jest, test } from '@jest/globals';

jest.setTimeout( 120_000 );

test( 'a dozen names that nobody answers for hold up no other', async () => {
	const folder = mkdtempSync( join( tmpdir(), 'email-gateway-silent-' ) );
	try {
		const program = fileURLToPath( new URL( '../../test-fixtures/silent-names.ts', import.meta.url ) );
		const alone = [ '--net', '--mount', process.execPath, program, folder ];
		const env = { PATH: process.env.PATH };
		const { stdout } = await promisify( execFile )( 'unshare', alone, { env, timeout: 90_000 } );
		expect( stdout ).toBe( '203.0.113.9' );
	} finally {
		rmSync( folder, { recursive: true } );
	}
} );
