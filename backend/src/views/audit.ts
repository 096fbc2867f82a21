import type { ResponseOf } from '@email-gateway/shared';
import { auditOfSite } from '../db/audit-export.ts';
import { auditOf } from '../db/audit.ts';
import type { Server } from '../db/servers.ts';
import type { Db } from '../db/tables.ts';
import { refOf, type Caller, type OfServer } from '../servers/caller.ts';
import { auditSince } from '../servers/ownership.ts';
import { View } from './view.ts';

/** Who did what to a server; to who does not manage the site, only since it is theirs. */
export async function auditView(
	db: Db,
	caller: Caller & OfServer,
	{ server, before }: { server: Server | undefined; before: number }
): Promise< View< ResponseOf< 'readAudit' > > > {
	return new View( await auditOf( db, refOf( caller ), { before, since: auditSince( server, caller ) } ) );
}

/** Who did what to the site and to any of its servers, also those that are gone. */
export async function siteAuditView(
	db: Db,
	{ site }: Pick< Caller, 'site' >,
	before: number
): Promise< View< ResponseOf< 'readSiteAudit' > > > {
	return new View( await auditOfSite( db, site.id, { before } ) );
}
