import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../system/run.ts';
import { ensureWordPressFiles } from '../wordpress/files.ts';
import { installWordPress } from '../wordpress/install.ts';
import { ensureSite } from '../wordpress/site.ts';
import { systemPhp } from '../wordpress/system-php.ts';
import { wpCli } from '../wordpress/wp-cli.ts';
import type { RunnerContext } from './runners.ts';

/** Unpacks the zip into a WordPress of its own, and activates it there. */
export async function activates( {
	archive,
	folder,
	log,
	signal,
}: {
	archive: Buffer;
	folder: string;
	log: RunnerContext[ 'log' ];
	signal: AbortSignal;
} ): Promise< void > {
	const [ zipFile, siteDir ] = [ join( folder, 'email-gateway.zip' ), join( folder, 'wordpress' ) ];
	await writeFile( zipFile, archive );
	const unpack =
		'$zip = new ZipArchive(); $zip->open( $argv[1] ) === true && $zip->extractTo( $argv[2] ) || exit( 1 );';
	await run( [ 'php', '-r', unpack, zipFile, folder ] );
	const pluginDir = join( folder, 'email-gateway' );
	const files = await ensureWordPressFiles( log );
	const database = { kind: 'sqlite', dir: join( folder, 'sqlite' ) } as const;
	await ensureSite( {
		files,
		siteDir,
		pluginDir,
		url: 'http://127.0.0.1',
		database,
		debugLog: join( folder, 'wordpress.log' ),
	} );
	const wp = wpCli( { phar: files.wpCli, php: systemPhp( siteDir ), signal } );
	const users = {
		adminUser: 'admin',
		adminPassword: 'admin',
		customerUser: 'customer',
		customerPassword: 'customer',
	};
	await installWordPress( wp, { url: 'http://127.0.0.1', users, setupDir: folder } );
	const status = await wp( [ 'plugin', 'get', 'email-gateway', '--field=status' ] );
	if ( status.trim() !== 'active' ) {
		throw new Error( `The plugin is ${ status.trim() }.` );
	}
}
