import { z } from 'zod';
import { auditPage, siteAuditPage } from './audit.ts';
import { cursor, endpoint } from './endpoint.ts';

/** Who did what. */
export const endpointsOfAudit = {
	readSiteAudit: endpoint( {
		method: 'GET',
		path: '/audit',
		access: 'manage_site',
		summary: 'Who did what to the site and its servers, deleted ones too, newest first, at most 1,000 entries',
		status: 200,
		errors: [],
		/** As for readAudit. */
		request: z.strictObject( { before: cursor } ),
		response: siteAuditPage,
	} ),
	readAudit: endpoint( {
		method: 'GET',
		path: '/servers/:serverId/audit',
		access: 'see_audit',
		summary: 'Who did what to a server, newest first, at most 100 entries',
		status: 200,
		errors: [],
		/** Only what is older than this entry; 0 begins with the newest. */
		request: z.strictObject( { before: cursor } ),
		response: auditPage,
	} ),
} as const;
