import type { ResponseOf } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { auditOfSite } from '../db/audit-export.ts';
import { auditOf } from '../db/audit.ts';
import { serverOf } from '../db/servers.ts';
import type { Caller, Params } from './mount.ts';

/** Who did what to a server; to who does not manage the site, only since it is theirs. */
export async function readAudit(
	{ db, vault }: App,
	{ before }: { before: number },
	{ site, may, serverId }: Caller & Params
): Promise< ResponseOf< 'readAudit' > > {
	const ref = { siteId: site.id, serverId };
	const server = may( 'manage_site' ) ? undefined : await serverOf( db, vault, ref );
	return auditOf( db, ref, { before, since: server?.handedAt ?? null } );
}

/** Who did what to the site and to any of its servers, also those that are gone. */
export const readSiteAudit = (
	{ db }: App,
	{ before }: { before: number },
	{ site }: Caller
): Promise< ResponseOf< 'readSiteAudit' > > => auditOfSite( db, site.id, { before } );
