import { expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { sql } from 'kysely';
import { makeTestDatabase } from '../../test-fixtures/test-database.ts';
import { makeLogger } from '../logger.ts';
import { makeVault } from '../vault/vault.ts';
import { answers } from './database.ts';
import { openDatabase } from './open-database.ts';

const log = makeLogger( { level: 'silent' } );

test( 'a connection that PostgreSQL ends in the middle of a transaction fails that, and nothing else', async () => {
	const database = await makeTestDatabase();
	const config = { databaseUrl: database.url, dataDir: tmpdir(), snapshotMinutes: 60, snapshotsKept: 1 };
	const { db, close } = await openDatabase( config, { log, vault: makeVault( [ randomBytes( 32 ) ] ) } );
	try {
		const cut = db.transaction().execute( async ( tx ) => {
			const { rows } = await sql< { pid: number } >`select pg_backend_pid() as pid`.execute( tx );
			await sql`select pg_terminate_backend( ${ rows[ 0 ]?.pid } )`.execute( db );
			// until it is noticed: without anybody who listens the process would end here
			await new Promise( ( resolve ) => setTimeout( resolve, 200 ) );
			await answers( tx );
		} );

		await expect( cut ).rejects.toThrow( /terminat|not queryable/ );
		await expect( answers( db ) ).resolves.toBeUndefined();
	} finally {
		await close();
		await database.drop();
	}
} );
