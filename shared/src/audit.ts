import { z } from 'zod';
import { eventDetail } from './event-detail.ts';

/** What is noted of who did what. The words are the plugin's. */
export const auditActions = [
	'site_paired',
	'site_moved',
	'pairing_ended',
	'server_key_made',
	'connection_saved',
	'connection_lent',
	'host_key_trusted',
	'account_saved',
	'account_deleted',
	'account_used',
	'account_servers_updated',
	'backup_chosen',
	'backup_ended',
	// of before there were accounts
	'defaults_saved',
	'defaults_deleted',
	'defaults_used',
	'defaults_sought',
	'included_gateway_offered',
	'credentials_deleted',
	'alerts_saved',
	'alert_channel_deleted',
	'alert_tested',
	'own_alert_tested',
	'incident_acknowledged',
	'incident_muted',
	'server_forgotten',
	'record_refused',
	'audit_broken',
	'key_expiry_set',
	'key_expired',
	'key_rotated',
	'server_handed_over',
	'servers_named',
	'job_asked',
	'cancel_asked',
	'queue_changed',
	'mail_settings_saved',
	'mail_days_saved',
	'address_erased',
] as const;
export type AuditAction = ( typeof auditActions )[ number ];

/** Entries of one page. */
export const auditPageSize = 100;

export const auditEntry = z.object( {
	/** Grows with time. */
	id: z.number(),
	at: z.iso.datetime(),
	/** Login of who did it. */
	actor: z.string(),
	action: z.enum( auditActions ),
	/** Never a secret. */
	detail: eventDetail,
} );
export type AuditEntry = z.infer< typeof auditEntry >;

/** Of a whole site, chained: `hash` covers this entry and all before it, so that a changed or deleted one shows. */
export const siteAuditEntry = auditEntry.extend( {
	seq: z.number(),
	siteId: z.uuid(),
	/** null: of the site itself. */
	serverId: z.number().nullable(),
	hash: z.string(),
} );
export type SiteAuditEntry = z.infer< typeof siteAuditEntry >;
export const siteAuditPageSize = 1000;

export const siteAuditPage = z.object( {
	entries: z.array( siteAuditEntry ),
	/** As in auditPage. */
	next: z.number().nullable(),
} );

export const auditPage = z.object( {
	entries: z.array( auditEntry ),
	/** `before` for the next page; null after the oldest entry. */
	next: z.number().nullable(),
} );
