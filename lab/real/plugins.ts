import { existsSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Plugins of others that we know how to try beside ours: the folder's name, and what it is there for. */
export const knownPlugins = {
	'wp-cloud-deploy': 'the journey of a shop that sells servers',
	'meta-box': 'WPCloudDeploy needs it',
	woocommerce: 'the journeys of customers',
	'fluent-smtp': 'active beside ours',
	'wp-mail-smtp': 'active beside ours',
	'plugin-check': 'looks through the zip that people install',
} as const;

export type KnownPlugin = keyof typeof knownPlugins;

/** Which of them lie unpacked in a folder, and which do not. Throws where the folder is not there. */
export function findPlugins( folder: string | undefined ): { there: KnownPlugin[]; missing: KnownPlugin[] } {
	if ( ! folder || ! existsSync( folder ) ) {
		throw new Error(
			'EMAIL_GATEWAY_REAL_PLUGINS names no folder. Unpack plugins of others into one, each in a folder with its usual name: ' +
				`${ Object.keys( knownPlugins ).join( ', ' ) }. docs/neighbours.md says where they can be had.`
		);
	}
	const names = Object.keys( knownPlugins ) as KnownPlugin[];
	const isThere = ( name: KnownPlugin ) => existsSync( join( folder, name ) );
	return { there: names.filter( isThere ), missing: names.filter( ( name ) => ! isThere( name ) ) };
}

/** Copies them into a site: links would lead their own ideas of where they are out of it. */
export async function layIntoSite( folder: string, names: readonly KnownPlugin[], siteDir: string ): Promise< void > {
	for ( const name of names ) {
		const target = join( siteDir, 'wp-content/plugins', name );
		await rm( target, { recursive: true, force: true } );
		await cp( join( folder, name ), target, { recursive: true } );
	}
}
