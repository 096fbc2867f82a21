import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cachePath } from '../system/paths.ts';
import { run, type Log } from '../system/run.ts';

/** The npm package that carries WordPress, WP-CLI and the SQLite integration; only its files are used. */
const source = {
	name: 'wp-studio',
	version: '1.22.0',
	sha512: 'boMtahkhgWDKKyNTBA1uTK5ghnAmxXhDY6KeQCO9FmcI3/o+YOSq8JwYW5ZYnxHCxH14Jf/mD6CJTBvTWl2Ytw==',
	folder: 'package/dist/cli/wp-files',
};

export interface WordPressFiles {
	/** The folder that holds all of them. */
	dir: string;
	/** A WordPress as one unpacks it, without wp-config.php. */
	coreDir: string;
	/** The plugin that lets WordPress run on SQLite. */
	sqliteDir: string;
	/** wp-cli.phar */
	wpCli: string;
}

/** Absolute paths of WordPress and its tools, fetched and unpacked at the first call, checked against a known digest. */
export async function ensureWordPressFiles( log: Log ): Promise< WordPressFiles > {
	const target = join( cachePath, `${ source.name }-${ source.version }` );
	if ( ! existsSync( target ) ) {
		log( 'Fetching WordPress (67 MB, once) …' );
		await fetchInto( target );
	}
	return {
		dir: target,
		coreDir: join( target, 'latest/wordpress' ),
		sqliteDir: join( target, 'sqlite-database-integration' ),
		wpCli: join( target, 'wp-cli/wp-cli.phar' ),
	};
}

async function fetchInto( target: string ): Promise< void > {
	await mkdir( cachePath, { recursive: true } );
	const work = await mkdtemp( join( cachePath, 'wordpress-' ) );
	try {
		const spec = `${ source.name }@${ source.version }`;
		await run( [ 'npm', 'pack', spec, '--silent', '--pack-destination', work ], { cwd: work } );
		const archive = join( work, `${ source.name }-${ source.version }.tgz` );
		await assertDigest( archive );
		const members = [ 'latest/wordpress', 'sqlite-database-integration', 'wp-cli' ];
		await run( [
			'tar',
			'-xzf',
			archive,
			'-C',
			work,
			...members.map( ( member ) => `${ source.folder }/${ member }` ),
		] );
		// Renamed as the last step, so that an interrupted fetch is not taken for a whole one.
		await rename( join( work, source.folder ), target );
	} finally {
		await rm( work, { recursive: true, force: true } );
	}
}

async function assertDigest( archive: string ): Promise< void > {
	const digest = createHash( 'sha512' )
		.update( await readFile( archive ) )
		.digest( 'base64' );
	if ( digest !== source.sha512 ) {
		throw new Error(
			`${ source.name }@${ source.version } is not the file we know (sha512 ${ digest }): not used.`
		);
	}
}
