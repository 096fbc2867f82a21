import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { lockFolder } from '../db/folder-lock.ts';
import { removeAllBut } from '../db/snapshots.ts';

/**
 * Puts a snapshot in the place of the embedded database, which is kept under another name. Where `check` throws, everything
 * is as it was. Errors: those of `check`, and an Error for bytes that are no snapshot.
 *
 * @param stamp names what was there
 */
export async function restoreEmbedded(
	dataDir: string,
	content: Buffer< ArrayBuffer >,
	{ stamp, check }: { stamp: string; check: () => Promise< void > }
): Promise< void > {
	const [ database, before ] = [ join( dataDir, 'database' ), join( dataDir, `database-before-${ stamp }` ) ];
	const lock = lockFolder( dataDir );
	const wasThere = existsSync( database );
	try {
		if ( wasThere ) {
			renameSync( database, before );
		}
		const pglite = await PGlite.create( { dataDir: database, loadDataDir: new Blob( [ content ] ) } );
		await pglite.close();
		lock.release();
		await check();
		removeAllBut( dataDir, 2, ( name ) => name.startsWith( 'database-before-' ) );
	} catch ( error ) {
		rmSync( database, { recursive: true, force: true } );
		if ( wasThere ) {
			renameSync( before, database );
		}
		throw error;
	} finally {
		lock.release();
	}
}
