import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { playRollback } from '../../test-fixtures/play-rollback.ts';

test( 'back from a later release, with the embedded database', async () => {
	const folder = mkdtempSync( join( tmpdir(), 'email-gateway-rollback-' ) );
	try {
		await expect( playRollback( folder, {} ) ).resolves.toBeUndefined();
	} finally {
		rmSync( folder, { recursive: true, force: true } );
	}
}, 240_000 );
