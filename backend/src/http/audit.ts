import type { ResponseOf } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { auditOfSite } from '../db/audit-export.ts';
import { auditOf } from '../db/audit.ts';
import type { Caller, Params } from './mount.ts';

/** Who did what to a server. */
export function readAudit(
	{ db }: App,
	{ before }: { before: number },
	{ site, serverId }: Caller & Params
): Promise< ResponseOf< 'readAudit' > > {
	return auditOf( db, { siteId: site.id, serverId }, { before } );
}

/** Who did what to the site and to any of its servers, also those that are gone. */
export const readSiteAudit = (
	{ db }: App,
	{ before }: { before: number },
	{ site }: Caller
): Promise< ResponseOf< 'readSiteAudit' > > => auditOfSite( db, site.id, { before } );
