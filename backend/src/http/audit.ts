import type { ResponseOf } from '@email-gateway/shared';
import type { App } from '../app.ts';
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
