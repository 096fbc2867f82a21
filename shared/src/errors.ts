import { z } from 'zod';

/**
 * Every expected failure, with the HTTP status it has at the door. Job failures use the same codes; their status
 * matters only where a request can meet them. Anything else is a bug and is reported as `internal_error`.
 */
export const errorCodes = {
	// the door
	invalid_request: 422,
	password_required: 422,
	sign_in_required: 422,
	no_defaults_saved: 422,
	not_found: 404,
	forbidden: 403,
	body_too_large: 413,
	too_many_requests: 429,
	internal_error: 500,
	not_ready: 503,
	signature_missing: 401,
	signature_invalid: 401,
	signature_too_old: 401,
	signature_replayed: 401,
	site_unknown: 401,
	site_moved: 409,
	site_revoked: 401,
	site_key_expired: 401,
	pairing_code_invalid: 403,
	pairing_code_expired: 403,
	pairing_code_used_up: 403,
	// jobs at the door
	connection_missing: 409,
	host_key_not_trusted: 409,
	fingerprint_mismatch: 409,
	connection_supplied: 409,
	server_address_changed: 409,
	connection_changed: 409,
	account_not_shown: 409,
	record_not_genuine: 409,
	gateway_not_installed: 409,
	gateway_still_installed: 409,
	no_server_to_look_from: 409,
	no_alert_channel: 409,
	too_late_to_cancel: 409,
	job_already_ended: 409,
	// reaching the server
	server_address_refused: 422,
	server_name_not_found: 502,
	server_unreachable: 502,
	server_timed_out: 504,
	ssh_not_spoken: 502,
	ssh_nothing_in_common: 502,
	ssh_server_busy: 503,
	ssh_refused_for_now: 502,
	host_key_unknown: 409,
	host_key_changed: 409,
	sign_in_refused: 502,
	private_key_unreadable: 422,
	sudo_password_required: 422,
	sudo_refused: 502,
	session_refused: 502,
	connection_lost: 502,
	server_answer_not_understood: 502,
	// what was found there
	system_unsupported: 409,
	panel_found: 409,
	foreign_postfix: 409,
	port_25_taken: 409,
	managed_by_another_site: 409,
	server_busy: 409,
	state_folder_foreign: 409,
	// the provider
	provider_name_not_found: 502,
	provider_port_closed: 502,
	provider_port_blocked: 502,
	provider_tls_failed: 502,
	provider_certificate_refused: 502,
	provider_login_refused: 502,
	provider_unavailable: 502,
	// changing it
	disk_full: 507,
	files_not_writable: 409,
	packages_unavailable: 502,
	packages_refused: 409,
	package_system_busy: 409,
	package_system_broken: 409,
	configuration_refused: 502,
	postfix_did_not_start: 502,
	verify_failed: 502,
	apply_interrupted: 502,
	job_took_too_long: 504,
	undo_incomplete: 502,
	mail_waiting: 409,
	// the test
	test_not_submitted: 502,
	test_not_found_in_log: 504,
	test_tampered: 409,
	test_mails_exhausted: 429,
	// ends without a fault
	cancelled: 409,
} as const;
export type ErrorCode = keyof typeof errorCodes;
export const errorCode = z.enum( Object.keys( errorCodes ) as [ ErrorCode, ...ErrorCode[] ] );

/** What an error may tell besides its code. Text in it may come from a server or a provider: bounded, never markup. */
export const errorDetail = z.record(
	z.string(),
	z.union( [ z.string(), z.number(), z.boolean(), z.null(), z.array( z.string() ) ] )
);
export type ErrorDetail = z.infer< typeof errorDetail >;

/** Why a user does not become root: the detail `reason` of sudo_refused. */
export const sudoReasons = [
	'no_sudo',
	'needs_tty',
	'limited',
	'noexec',
	'no_place',
	'wrong_password',
	'refused',
] as const;
export type SudoReason = ( typeof sudoReasons )[ number ];

/** Why nothing is known of a test email: the detail `reason` of test_not_found_in_log. With the first two none was sent. */
export const testLogReasons = [ 'no_log', 'forgeable_log', 'unseen', 'gone' ] as const;
export type TestLogReason = ( typeof testLogReasons )[ number ];

/** How a failed job is reported. `changed` says what it means for the server. */
export const jobError = z.object( {
	code: errorCode,
	/** `savedQueue`: folder on the server where giving back has saved the mail that waited. */
	detail: errorDetail,
	/** nothing: never touched · undone: given back as it was · unknown: look at it (undo_incomplete, connection_lost). */
	changed: z.enum( [ 'nothing', 'undone', 'unknown' ] ),
} );
export type JobError = z.infer< typeof jobError >;

/** The body of every refused request: the shape that api-fetch and WP_Error share. */
export const errorBody = z.object( {
	code: errorCode,
	message: z.string(),
	data: z.object( {
		status: z.number(),
		detail: errorDetail.optional(),
		/** For invalid_request: path of the field (`settings.userName`) and the code of its problem (fields.ts). */
		fields: z.array( z.object( { path: z.string(), problem: z.string() } ) ).optional(),
		/** For signature_too_old: the backend's clock, seconds since the epoch. */
		now: z.number().optional(),
	} ),
} );
export type ErrorBody = z.infer< typeof errorBody >;
