import { join } from 'node:path';
import type { Reachable } from '../servers/ssh.ts';
import { shellOn } from '../servers/ssh.ts';
import type { Log } from '../system/run.ts';
import { ensureDebianWordPress } from '../smoke/debian-wordpress.ts';
import { ensureWordPressFiles } from '../wordpress/files.ts';
import { sqliteDropIn } from '../wordpress/site.ts';
import { newSalts, renderWpConfig } from '../wordpress/wp-config.ts';
import { layFolder, layText, mailPlugin } from './lay.ts';

/** The versions that a site can have: npm's newest, and the one of Debian 13. */
export const wordPressVersions = [ '7.1', '6.8' ] as const;
export type WordPressVersion = ( typeof wordPressVersions )[ number ];

/** A WordPress on a lab server. */
export interface LabSite {
	/** Name of the server. */
	server: string;
	domain: string;
	/** Owns the site's files, and runs its PHP. */
	unixUser: string;
	/** Absolute path on the server, where wp-config.php lies. */
	path: string;
}

/** A host name of DNS, as panels take it; it becomes a folder and a user. Throws a sentence. */
export function checkDomain( domain: string ): string {
	const labels = domain.split( '.' );
	if (
		domain.length > 100 ||
		labels.length < 2 ||
		! labels.every( ( label ) => /^[a-z0-9]+(-+[a-z0-9]+)*$/.test( label ) )
	) {
		throw new Error( `"${ domain }" is no domain such as shop.example.test.` );
	}
	return domain;
}

/** As WPCloudDeploy names them: after the domain, of which Linux takes 32 characters. */
export const unixUserOf = ( domain: string ): string => domain.slice( 0, 32 ).replace( /[.-]+$/, '' );

/**
 * Makes a WordPress on a server: a Unix user of its own, files that others cannot read, SQLite, and the system's cron each
 * minute in place of WordPress's own. One that is there is left as it is. Nothing serves it: PHP runs as its user by
 * cron and by `onSite`.
 *
 * @param server its apt must reach packages, as each lab server's does
 */
export async function makeSite(
	server: Reachable & { name: string },
	{ domain, wordpress = '7.1' }: { domain: string; wordpress?: WordPressVersion },
	{ log, signal }: { log: Log; signal: AbortSignal }
): Promise< LabSite > {
	const unixUser = unixUserOf( checkDomain( domain ) );
	const site = { server: server.name, domain, unixUser, path: `/var/www/${ domain }/html` };
	const isThere = await shellOn( server, `[ -e ${ site.path }/.lab-made ] && echo there || :`, { signal } );
	if ( isThere.trim() === 'there' ) {
		return site;
	}
	log( `Making WordPress ${ wordpress } for ${ domain } on ${ server.name } …` );
	const files = await ensureWordPressFiles( log );
	const coreDir = wordpress === '7.1' ? files.coreDir : await ensureDebianWordPress( { log, signal } );
	await shellOn( server, prepare( site ), { signal } );
	const withoutBundled = [ '--exclude=./wp-content/plugins/*', '--exclude=./wp-content/languages/*' ];
	await layFolder( server, coreDir, { to: site.path, tarOptions: withoutBundled, signal } );
	const sqlite = `${ site.path }/wp-content/plugins/sqlite-database-integration`;
	await layFolder( server, files.sqliteDir, { to: sqlite, signal } );
	await layFolder( server, join( files.wpCli, '..' ), { to: '/usr/local/lib/wp-cli', signal } );
	const home = `/var/www/${ domain }`;
	const config = renderWpConfig( {
		url: `http://${ domain }`,
		database: { kind: 'sqlite', dir: `${ home }/database` },
		debugLog: `${ home }/wordpress.log`,
		salts: newSalts(),
		environment: 'production',
	} );
	await layText( server, config, { to: `${ site.path }/wp-config.php`, signal } );
	await layText( server, await sqliteDropIn( files, sqlite ), { to: `${ site.path }/wp-content/db.php`, signal } );
	await layText( server, mailPlugin(), { to: `${ site.path }/wp-content/mu-plugins/lab-mail.php`, signal } );
	await shellOn( server, install( site ), { signal } );
	return site;
}

/** Runs WP-CLI as the site's user; what it printed. `args` are words of a shell. Throws where it fails. */
export function onSite(
	server: Reachable,
	site: LabSite,
	args: string,
	{ signal }: { signal: AbortSignal }
): Promise< string > {
	return shellOn( server, wp( site, args ), { signal } );
}

const wp = ( { unixUser, path }: LabSite, args: string ) =>
	`cd / && runuser -u ${ unixUser } -- php -d memory_limit=512M -d display_errors=stderr /usr/local/lib/wp-cli/wp-cli.phar --path=${ path } --no-color ${ args }`;

/** `--badname`: the dot of a domain. */
const prepare = ( { unixUser, domain, path }: LabSite ) => `set -e
[ -e /usr/share/doc/php-sqlite3 ] && [ -e /usr/share/doc/php-mbstring ] && [ -e /usr/share/doc/php-xml ] || {
	apt-get -q update
	DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install php-sqlite3 php-mbstring php-xml
} >/dev/null 2>&1
id -u ${ unixUser } >/dev/null 2>&1 || useradd --badname --no-create-home --home-dir /var/www/${ domain } --shell /usr/sbin/nologin ${ unixUser }
mkdir -p ${ path }/wp-content/mu-plugins /var/www/${ domain }/database
`;

const install = ( site: LabSite ) => `set -e
chown -R ${ site.unixUser }:${ site.unixUser } /var/www/${ site.domain }
chmod 750 /var/www/${ site.domain }
${ wp(
	site,
	`core install --url=http://${ site.domain } --title=${ site.domain } --admin_user=admin --admin_password="$(head -c 18 /dev/urandom | base64)" --admin_email=admin@${ site.domain } --skip-email`
) } >/dev/null
cat >/etc/cron.d/site-${ site.domain.replaceAll( '.', '_' ) } <<'CRON'
* * * * * ${ site.unixUser } cd ${ site.path } && php -q wp-cron.php >/dev/null 2>&1
CRON
touch ${ site.path }/.lab-made
`;
