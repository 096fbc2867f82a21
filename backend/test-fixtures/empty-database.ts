import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

const variable = 'EMAIL_GATEWAY_EMPTY_DATABASE';

/**
 * Jest calls it once before all files. Making an embedded database takes three seconds of a processor, a copy of an
 * empty one a tenth of that, and every test backend wants one.
 */
export async function makeEmptyDatabase(): Promise< void > {
	const dataDir = mkdtempSync( join( tmpdir(), 'email-gateway-empty-' ) );
	// as db/database.ts makes it
	const pglite = await PGlite.create( { dataDir, postgresqlconf: [ 'shared_buffers=16MB' ] } );
	await pglite.close();
	process.env[ variable ] = dataDir;
}

/** Copies the empty database to a folder where none is yet. Without jest the backend makes its own. */
export function copyEmptyDatabase( folder: string ): void {
	const made = process.env[ variable ];
	if ( made && ! existsSync( folder ) ) {
		cpSync( made, folder, { recursive: true } );
	}
}

export function removeEmptyDatabase(): void {
	rmSync( String( process.env[ variable ] ), { recursive: true, force: true } );
}
