// PostgreSQL with its key, from one database into another one, by the command line itself.
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { makeSiteClient } from '../../test-fixtures/site-client.ts';
import { askForCode, end, freePort, spawnBackend } from '../../test-fixtures/spawn-backend.ts';
import { makeTestDatabase } from '../../test-fixtures/test-database.ts';

const nobody = 65534;
const program = fileURLToPath( new URL( '../command.ts', import.meta.url ) );
const command = ( words: string[], env: Record< string, string > ) =>
	spawnSync( process.execPath, [ program, ...words ], { env: { PATH: process.env.PATH, ...env }, encoding: 'utf8' } );

test( 'a backup of PostgreSQL is put back elsewhere with its key, and its site is let in', async () => {
	const folder = mkdtempSync( join( tmpdir(), 'email-gateway-restore-pg-' ) );
	const [ one, other ] = [ await makeTestDatabase(), await makeTestDatabase() ];
	const port = String( await freePort() );
	const environment = ( name: string, database: { url: string } ) => {
		mkdirSync( join( folder, name, 'etc' ), { recursive: true } );
		return {
			...{ TEST_FOLDER: folder, PORT: port, DATABASE_URL: database.url },
			EMAIL_GATEWAY_DATA_DIR: join( folder, name, 'data' ),
			EMAIL_GATEWAY_MASTER_KEY_FILE: join( folder, name, 'etc/master.key' ),
		};
	};
	const [ here, there ] = [ environment( 'one', one ), environment( 'other', other ) ];
	let backend = await spawnBackend( here );
	try {
		const site = makeSiteClient( `http://127.0.0.1:${ port }` );
		await site.pair( await askForCode( here ) );
		const file = join( folder, 'saved' );
		expect( command( [ 'backup', file ], here ) ).toMatchObject( { status: 0 } );
		await end( backend, 'SIGTERM' );

		mkdirSync( there.EMAIL_GATEWAY_DATA_DIR, { recursive: true } );
		// as the package has it: root restores, and the data is the backend's
		if ( process.getuid?.() === 0 ) {
			chmodSync( folder, 0o755 );
			chownSync( there.EMAIL_GATEWAY_DATA_DIR, nobody, nobody );
		}
		expect( command( [ 'restore', file ], there ) ).toMatchObject( {
			status: 0,
			stderr: expect.stringContaining( 'The backup is restored.' ),
		} );
		const { uid } = statSync( there.EMAIL_GATEWAY_DATA_DIR );
		expect( statSync( join( there.EMAIL_GATEWAY_DATA_DIR, 'snapshots' ) ).uid ).toBe( uid );
		expect( readdirSync( join( there.EMAIL_GATEWAY_DATA_DIR, 'snapshots' ) ) ).toHaveLength( 1 );
		backend = await spawnBackend( there );
		expect( ( await site.call( 'readSite' ) ).status ).toBe( 200 );
	} finally {
		await end( backend, 'SIGKILL' );
		await Promise.all( [ one.drop(), other.drop() ] );
		rmSync( folder, { recursive: true, force: true } );
	}
}, 180_000 );
