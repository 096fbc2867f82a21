import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkoutPath } from '../system/paths.ts';
import { ensureWordPressFiles } from '../wordpress/files.ts';
import { installWordPress } from '../wordpress/install.ts';
import { ensureSite, type SiteOptions } from '../wordpress/site.ts';
import { systemPhp } from '../wordpress/system-php.ts';
import { wpCli, type WpCli } from '../wordpress/wp-cli.ts';
import type { RunnerContext } from './runners.ts';

const url = 'http://127.0.0.1';

/** Lays a new WordPress out in a folder, in place of the one of the last run. Nothing is installed yet. */
async function layOut( folder: string, { log, signal }: RunnerContext ): Promise< { site: SiteOptions; wp: WpCli } > {
	const files = await ensureWordPressFiles( log );
	const [ siteDir, dataDir ] = [ join( folder, 'wordpress' ), join( folder, 'sqlite' ) ];
	await rm( dataDir, { recursive: true, force: true } );
	await mkdir( folder, { recursive: true } );
	const site: SiteOptions = {
		files,
		siteDir,
		pluginDir: join( checkoutPath, 'plugin' ),
		url,
		database: { kind: 'sqlite', dir: dataDir },
		debugLog: join( folder, 'wordpress.log' ),
	};
	await ensureSite( site );
	return { site, wp: wpCli( { phar: files.wpCli, php: systemPhp( siteDir ), signal } ) };
}

/** A new site with our plugin active; gives its folder. */
export async function freshSite( folder: string, context: RunnerContext ): Promise< string > {
	const { site, wp } = await layOut( folder, context );
	const users = {
		adminUser: 'admin',
		adminPassword: 'admin',
		customerUser: 'customer',
		customerPassword: 'customer',
	};
	await installWordPress( wp, { url, users, setupDir: folder } );
	return site.siteDir;
}

/** A new network of two sites, `/` and `/second/`, with our plugin active for all of them; gives its folder. */
export async function freshNetwork( folder: string, context: RunnerContext ): Promise< string > {
	const { site, wp } = await layOut( folder, context );
	const admin = [ '--admin_user=admin', '--admin_email=admin@example.com', '--skip-email' ];
	await wp( [ 'core', 'multisite-install', `--url=${ url }`, '--title=Network', '--skip-config', ...admin ] );
	await ensureSite( { ...site, network: true } );
	await wp( [ 'site', 'create', '--slug=second' ] );
	await wp( [ 'plugin', 'activate', 'email-gateway', '--network' ] );
	return site.siteDir;
}
