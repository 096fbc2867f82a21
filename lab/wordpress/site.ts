import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WordPressFiles } from './files.ts';
import { newSalts, renderWpConfig } from './wp-config.ts';
import type { WordPressDatabase } from './wp-config.ts';

export interface SiteOptions {
	files: WordPressFiles;
	/** Where the site lies or shall lie. */
	siteDir: string;
	url: string;
	database: WordPressDatabase;
	debugLog: string;
	/** A folder that becomes wp-content/plugins/email-gateway. */
	pluginDir: string;
	/** The site is the first of a network whose tables are there already. */
	network?: boolean;
}

const pluginName = 'email-gateway';

/** Lays the WordPress out on disk, or brings the configuration of one that lies there up to date. */
export async function ensureSite( options: SiteOptions ): Promise< void > {
	const { siteDir } = options;
	if ( ! existsSync( join( siteDir, 'wp-load.php' ) ) ) {
		await layOut( options );
	}
	await writeConfig( options );
	await writeDropIn( options );
	await mkdir( join( siteDir, 'wp-content/mu-plugins' ), { recursive: true } );
	await cp( join( import.meta.dirname, 'mu-plugin.php' ), join( siteDir, 'wp-content/mu-plugins/lab.php' ) );
	// Plugins that ours meets, played by the lab: there for whoever activates them.
	await cp( join( import.meta.dirname, 'stand-ins' ), join( siteDir, 'wp-content/plugins' ), { recursive: true } );
	await linkTo( options.pluginDir, join( siteDir, 'wp-content/plugins', pluginName ) );
}

async function linkTo( target: string, link: string ): Promise< void > {
	await rm( link, { recursive: true, force: true } );
	await symlink( target, link );
}

async function layOut( { siteDir, files }: SiteOptions ): Promise< void > {
	const partial = `${ siteDir }.partial`;
	await rm( partial, { recursive: true, force: true } );
	await cp( files.coreDir, partial, { recursive: true } );
	for ( const bundled of [ 'akismet', 'hello.php' ] ) {
		await rm( join( partial, 'wp-content/plugins', bundled ), { recursive: true, force: true } );
	}
	await rm( siteDir, { recursive: true, force: true } );
	await rename( partial, siteDir );
}

async function writeConfig( { siteDir, url, database, debugLog, network = false }: SiteOptions ): Promise< void > {
	const saltsFile = join( siteDir, '..', 'wordpress-salts.json' );
	if ( ! existsSync( saltsFile ) ) {
		await writeFile( saltsFile, JSON.stringify( newSalts() ), { mode: 0o600 } );
	}
	const salts = JSON.parse( await readFile( saltsFile, 'utf8' ) ) as Record< string, string >;
	if ( database.kind === 'sqlite' ) {
		await mkdir( database.dir, { recursive: true, mode: 0o700 } );
	}
	await writeFile( join( siteDir, 'wp-config.php' ), renderWpConfig( { url, database, debugLog, salts, network } ), {
		mode: 0o600,
	} );
}

/** With SQLite a drop-in takes the place of the MySQL driver. */
async function writeDropIn( { siteDir, files, database }: SiteOptions ): Promise< void > {
	const dropIn = join( siteDir, 'wp-content/db.php' );
	if ( database.kind !== 'sqlite' ) {
		await rm( dropIn, { force: true } );
		return;
	}
	await writeFile( dropIn, await sqliteDropIn( files, files.sqliteDir ) );
}

/** The drop-in's text; `folder` is where PHP sees the plugin that lets WordPress run on SQLite. */
export async function sqliteDropIn( { sqliteDir }: WordPressFiles, folder: string ): Promise< string > {
	const template = await readFile( join( sqliteDir, 'db.copy' ), 'utf8' );
	return template
		.replaceAll( '{SQLITE_IMPLEMENTATION_FOLDER_PATH}', folder )
		.replaceAll( '{SQLITE_PLUGIN}', 'sqlite-database-integration/load.php' );
}
