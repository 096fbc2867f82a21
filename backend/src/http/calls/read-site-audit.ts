import { siteAuditView } from '../../views/audit.ts';
import type { Call } from '../call.ts';

export const readSiteAudit: Call< 'readSiteAudit' > = ( { db }, { before }, caller ) =>
	siteAuditView( db, caller, before );
