import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { playRollback } from '../../test-fixtures/play-rollback.ts';
import { makeTestDatabase } from '../../test-fixtures/test-database.ts';

test( 'back from a later release, with PostgreSQL', async () => {
	const folder = mkdtempSync( join( tmpdir(), 'email-gateway-rollback-pg-' ) );
	const database = await makeTestDatabase();
	try {
		await expect( playRollback( folder, { DATABASE_URL: database.url } ) ).resolves.toBeUndefined();
	} finally {
		await database.drop();
		rmSync( folder, { recursive: true, force: true } );
	}
}, 240_000 );
