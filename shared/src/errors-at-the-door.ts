import { count, failure, maybe, oneOfThese, text } from './failure.ts';
import { z } from 'zod';

/** Why someone who may use this server may not do this: the permission, or what has to be done before. */
export const forbiddenReasons = [
	'permission',
	'administrator_must_choose',
	/** Who may not manage the defaults has set up the connection, or trusted the host key. */
	'connection_not_set_by_administrator',
] as const;
export type ForbiddenReason = ( typeof forbiddenReasons )[ number ];

/** Requests that are refused before anything has begun. */
export const errorsAtTheDoor = {
	/** Its fields are told beside the detail: see errorBody. */
	invalid_request: failure( 422, {} ),
	password_required: failure( 422, {} ),
	/** `field` is the one whose secret is missing. */
	sign_in_required: failure( 422, { field: text } ),
	no_defaults_saved: failure( 422, {} ),
	not_found: failure( 404, {} ),
	forbidden: failure( 403, { reason: oneOfThese( forbiddenReasons, 'permission' ) } ),
	body_too_large: failure( 413, {} ),
	/** `waitingJobs`: so many jobs of this server are not done yet. `anHour`: so many of these one person may ask for. */
	too_many_requests: failure( 429, { waitingJobs: maybe( count ), anHour: maybe( count ) } ),
	internal_error: failure( 500, {} ),
	not_ready: failure( 503, { reason: oneOfThese( [ 'database', 'worker', 'master_key' ], 'worker' ) } ),
	/** What was asked is not done: who asked for it cannot be recorded. */
	audit_not_written: failure( 503, {} ),
	signature_missing: failure( 401, {} ),
	signature_invalid: failure( 401, { reason: text } ),
	/** `now`: the backend's clock, seconds since the epoch. */
	signature_too_old: failure( 401, { now: count } ),
	signature_replayed: failure( 401, {} ),
	site_unknown: failure( 401, {} ),
	site_moved: failure( 409, { pairedAs: text, askedAs: text } ),
	/** Another site is paired as the address that this one says it has moved to. */
	site_address_taken: failure( 409, {} ),
	site_revoked: failure( 401, {} ),
	site_key_expired: failure( 401, {} ),
	pairing_code_invalid: failure( 403, {} ),
	pairing_code_expired: failure( 403, {} ),
	pairing_code_used_up: failure( 403, {} ),
	/** `address`: what the backend has its sites sign for. */
	wrong_backend_address: failure( 409, { address: text } ),
	/** `field`: what another plugin has told wrongly of the connection that it keeps. */
	connection_missing: failure( 409, { field: maybe( text ) } ),
	host_key_not_trusted: failure( 409, {} ),
	fingerprint_mismatch: failure( 409, { seen: text } ),
	connection_supplied: failure( 409, {} ),
	server_address_changed: failure( 409, { was: z.string().nullable().catch( null ), becomes: text } ),
	connection_changed: failure( 409, {} ),
	account_not_shown: failure( 409, {} ),
	record_not_genuine: failure( 409, { record: text } ),
	gateway_not_installed: failure( 409, { savedQueue: maybe( text ) } ),
	gateway_still_installed: failure( 409, {} ),
	/** `keptBy`: the plugin that keeps the keys of all servers, so that none can be asked from here. */
	no_server_to_look_from: failure( 409, { keptBy: maybe( z.enum( [ 'wpclouddeploy' ] ) ) } ),
	/** `most`: so many a site may have. */
	too_many_channels: failure( 409, { most: count } ),
	account_name_taken: failure( 409, { name: text } ),
	/** `servers`, `channels`: how many have it, or are about to. */
	account_in_use: failure( 409, { servers: count, channels: count } ),
	/** `servers`: how many send by it while their own account cannot, or go back to it. */
	account_is_backup: failure( 409, { servers: count } ),
	/** The server has that account already. */
	same_account: failure( 409, {} ),
	sends_by_backup: failure( 409, {} ),
	/** Nobody has seen its provider let it in with the values that are saved now. */
	account_not_proved: failure( 409, { name: text } ),
	too_many_accounts: failure( 409, { most: count } ),
	/** `no_name`: it has a number only, so no route can be of it, and nothing be sent as it. */
	unix_user_unknown: failure( 404, { uid: count, reason: oneOfThese( [ 'unknown', 'no_name' ], 'unknown' ) } ),
	/** `sender`: what both would be listed for; `user`: the Unix user of the other route. */
	sender_of_another_route: failure( 409, { sender: text, user: text } ),
	/** `user`: the Unix user whose route has a saved account that this person is not shown. */
	route_account_not_shown: failure( 409, { user: text } ),
	/** `most`: so many a server may have. */
	too_many_routes: failure( 409, { most: count } ),
	too_late_to_cancel: failure( 409, {} ),
	/** What was chosen was chosen from an older list. */
	queue_read_again: failure( 409, {} ),
	queue_selection_empty: failure( 409, {} ),
	job_already_ended: failure( 409, {} ),
};
