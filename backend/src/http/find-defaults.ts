import type { FoundSettings } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { note } from '../db/audit.ts';
import { forSite } from '../db/for-site.ts';
import type { Caller } from './mount.ts';

/** WordPress waits ten seconds for an answer. */
const timeoutMs = 8_000;

/**
 * Find Settings for default credentials. They belong to no server, and there may be none yet, so this is no job: DNS
 * and the mail domain are asked here. Whoever answers later than within eight seconds tells nothing.
 */
export async function findDefaults(
	{
		db,
		vault,
		config: { dnsServers, allowedPrivateRanges },
		tools,
	}: Pick< App, 'db' | 'vault' | 'config' | 'tools' >,
	{ address }: { address: string },
	{ site, actor }: Pick< Caller, 'site' | 'actor' >
): Promise< { found: FoundSettings | null } > {
	const entry = { siteId: site.id, serverId: null, actor: actor.login, action: 'defaults_sought' } as const;
	await forSite( db, site, ( tx ) => note( tx, vault, entry ) );
	return { found: await tools.findSettings( { address, dnsServers, allowedPrivateRanges, timeoutMs } ) };
}
