import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { databasesPath } from '../database/service-folder.ts';
import { takeDown } from '../down.ts';
import { cachePath, labPath } from '../system/paths.ts';
import type { Log } from '../system/run.ts';

/** What was fetched for the servers stays: it makes no test pass that would fail without it. */
const kept = [ 'apt-cache' ];

/**
 * Takes the tests' lab down, should an earlier run have left it up, and deletes its data, so that the journeys begin
 * on fresh servers. Throws where the folder is the one that `npm start` uses: that one holds somebody's work.
 */
export async function emptyLab( { log }: { log: Log } ): Promise< void > {
	if ( cachePath.startsWith( `${ labPath }/` ) ) {
		throw new Error(
			`${ labPath } is the lab of npm start: the journeys want one of their own in EMAIL_GATEWAY_LAB_DIR.`
		);
	}
	await takeDown( { log } );
	// what is sealed in a database cannot be opened without the key that goes now
	await rm( databasesPath, { recursive: true, force: true } );
	const names = existsSync( labPath ) ? await readdir( labPath ) : [];
	for ( const name of names.filter( ( one ) => ! kept.includes( one ) ) ) {
		await rm( join( labPath, name ), { recursive: true, force: true } );
	}
}
