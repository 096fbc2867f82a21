import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

const packages = join( import.meta.dirname, '../../node_modules' );
const manifest = JSON.parse( readFileSync( join( packages, '@electric-sql/pglite/package.json' ), 'utf8' ) );
const made = join( packages, '.cache/email-gateway', `empty-database-${ manifest.version }` );

/**
 * Jest calls it once before all files. Making an embedded database takes three seconds of a processor, a copy of an
 * empty one a tenth of that, and every test backend wants one. It is kept beside the packages for the next run.
 */
export async function makeEmptyDatabase(): Promise< void > {
	if ( existsSync( made ) ) {
		return;
	}
	mkdirSync( dirname( made ), { recursive: true } );
	const dataDir = mkdtempSync( `${ made }.` );
	// as db/database.ts makes it
	const pglite = await PGlite.create( { dataDir, postgresqlconf: [ 'shared_buffers=16MB' ] } );
	await pglite.close();
	try {
		renameSync( dataDir, made );
	} catch ( error ) {
		rmSync( dataDir, { recursive: true } );
		if ( ! existsSync( made ) ) {
			throw error;
		}
		// another run was first
	}
}

/** Copies the empty database to a folder where none is yet. Without one the backend makes its own. */
export function copyEmptyDatabase( folder: string ): void {
	if ( existsSync( made ) && ! existsSync( folder ) ) {
		cpSync( made, folder, { recursive: true } );
	}
}
