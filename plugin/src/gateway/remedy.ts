import type { Cause, JobError } from '@email-gateway/shared';

/** What a button can do about a cause; where there is none, the words say what a person can. */
export type Remedy = 'type_password' | 'check_settings' | 'reinstall';

const remedies: Partial< Record< Cause, Remedy > > = {
	wrong_credentials: 'type_password',
	app_password_required: 'type_password',
	no_credential: 'reinstall',
	// Check Settings finds the port that is open, shows the certificate, or the record that is missing
	port_closed: 'check_settings',
	port_blocked: 'check_settings',
	name_not_found: 'check_settings',
	greeting_timed_out: 'check_settings',
	dropped_at_greeting: 'check_settings',
	starttls_not_offered: 'check_settings',
	tls_handshake_failed: 'check_settings',
	certificate_expired: 'check_settings',
	certificate_not_yet_valid: 'check_settings',
	certificate_self_signed: 'check_settings',
	certificate_wrong_name: 'check_settings',
	certificate_untrusted: 'check_settings',
	sender_refused: 'check_settings',
	identity_not_verified: 'check_settings',
	content_refused: 'check_settings',
};

export const remedyFor = ( cause: Cause ): Remedy | null => remedies[ cause ] ?? null;

/** The port to use instead, where an install stopped at one that is of no use. */
export function openPortOf( error: JobError | null | undefined ): number | null {
	const [ first ] = ( error && 'openPorts' in error.detail && error.detail.openPorts ) || [];
	return first === undefined ? null : Number( first );
}
