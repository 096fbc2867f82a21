import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WpCli } from './wp-cli.ts';

export interface SiteUsers {
	adminUser: string;
	adminPassword: string;
	customerUser: string;
	customerPassword: string;
}

/** Folders that PHP has to see for installWordPress, besides the site's own. */
export const installFolders = ( setupDir: string ) => [ import.meta.dirname, setupDir ];

/**
 * Installs WordPress into its database unless it is there, makes the two users, activates our plugin.
 * Passwords are brought up to date at every call, so that those we print are those that work.
 * The setup folder is ours to write the passwords to for the length of the call.
 */
export async function installWordPress(
	wp: WpCli,
	{ url, users, setupDir }: { url: string; users: SiteUsers; setupDir: string }
): Promise< void > {
	const installed = await wp.attempt( [ 'core', 'is-installed' ] );
	if ( installed.code !== 0 ) {
		const site = [ `--url=${ url }`, '--title=Email Gateway Lab', '--skip-email' ];
		const admin = [ `--admin_user=${ users.adminUser }`, `--admin_email=${ users.adminUser }@example.com` ];
		await wp( [ 'core', 'install', ...site, ...admin ] );
	}
	const wanted = {
		users: [
			{ login: users.adminUser, password: users.adminPassword, role: 'administrator' },
			{ login: users.customerUser, password: users.customerPassword, role: 'subscriber' },
		],
		plugins: [ 'email-gateway/email-gateway.php' ],
	};
	await mkdir( setupDir, { recursive: true, mode: 0o700 } );
	const file = join( setupDir, 'wanted.json' );
	await writeFile( file, JSON.stringify( wanted ), { mode: 0o600 } );
	try {
		await wp( [ 'eval-file', join( import.meta.dirname, 'prepare-site.php' ), file ] );
	} finally {
		await rm( file, { force: true } );
	}
}
