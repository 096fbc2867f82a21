import { serverOf } from '../../db/servers.ts';
import { refOf } from '../../servers/caller.ts';
import { auditView } from '../../views/audit.ts';
import type { Call } from '../call.ts';

/** Who did what to a server. */
export const readAudit: Call< 'readAudit' > = async ( { db, vault }, { before }, caller ) =>
	auditView( db, caller, { server: await serverOf( db, vault, refOf( caller ) ), before } );
