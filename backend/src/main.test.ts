import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { copyEmptyDatabase } from '../test-fixtures/empty-database.ts';
import { end, freePort } from '../test-fixtures/spawn-backend.ts';

test( 'the backend has threads for all names that it looks up at once', async () => {
	const folder = mkdtempSync( join( tmpdir(), 'email-gateway-main-' ) );
	copyEmptyDatabase( join( folder, 'data', 'database' ) );
	const child = spawn( process.execPath, [ fileURLToPath( new URL( 'main.ts', import.meta.url ) ) ], {
		env: {
			PATH: process.env.PATH,
			EMAIL_GATEWAY_DATA_DIR: join( folder, 'data' ),
			PORT: String( await freePort() ),
		},
		stdio: [ 'ignore', 'pipe', 'inherit' ],
	} );
	try {
		const { promise: started, resolve, reject } = Promise.withResolvers< void >();
		child.stdout.on( 'data', ( bytes ) => String( bytes ).includes( '"started"' ) && resolve() );
		child.once( 'close', () => reject( new Error( 'it ended' ) ) );
		await started;
		expect( readdirSync( `/proc/${ child.pid }/task` ).length ).toBeGreaterThan( 64 );
	} finally {
		await end( child, 'SIGKILL' );
		rmSync( folder, { recursive: true } );
	}
}, 120_000 );
