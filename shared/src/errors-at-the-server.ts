import { z } from 'zod';
import { keyReasons } from './connection.ts';
import { count, failure, flag, list, maybe, oneOfThese, text } from './failure.ts';

/** Why a user does not become root. */
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

/** Where a connection was tried, how far it came, and what the server or the socket said. */
const reached = {
	host: maybe( text ),
	port: maybe( count ),
	stage: maybe( text ),
	timeoutMs: maybe( count ),
	/** Node's code of the socket, e.g. `ECONNREFUSED`. */
	reason: maybe( text ),
	said: maybe( text ),
};

/** The server could not be reached or used. */
export const errorsAtTheServer = {
	server_address_refused: failure( 422, {
		host: text,
		address: text,
		/** What the address is, or `port`. */
		kind: text,
		port: maybe( count ),
	} ),
	server_name_not_found: failure( 502, { host: text, reason: text } ),
	server_unreachable: failure( 502, reached ),
	server_timed_out: failure( 504, reached ),
	ssh_not_spoken: failure( 502, reached ),
	ssh_nothing_in_common: failure( 502, reached ),
	ssh_server_busy: failure( 503, reached ),
	ssh_refused_for_now: failure( 502, reached ),
	host_key_unknown: failure( 409, { fingerprint: text, algorithm: text } ),
	host_key_changed: failure( 409, {
		fingerprint: text,
		seenFingerprint: z.string().nullable().catch( null ),
		algorithm: maybe( text ),
	} ),
	/** `no_shell`: the sign-in was accepted, and then nothing run. */
	sign_in_refused: failure( 502, { ...reached, reason: maybe( z.enum( [ 'no_shell' ] ) ) } ),
	/** `supplied`: another plugin keeps the key. */
	private_key_unreadable: failure( 422, {
		reason: oneOfThese( keyReasons, 'format' ),
		algorithm: maybe( text ),
		field: maybe( text ),
		supplied: maybe( flag ),
	} ),
	sudo_password_required: failure( 422, {} ),
	sudo_refused: failure( 502, { reason: oneOfThese( sudoReasons, 'refused' ), said: text } ),
	session_refused: failure( 502, { said: text } ),
	connection_lost: failure( 502, reached ),
	/** `fact`: the one that could not be read. */
	server_answer_not_understood: failure( 502, {
		reason: maybe( text ),
		said: maybe( text ),
		fact: maybe( text ),
		exitCode: z.number().nullable().optional().catch( undefined ),
	} ),
	system_unsupported: failure( 409, { found: text } ),
	panel_found: failure( 409, { found: list } ),
	foreign_postfix: failure( 409, { found: list } ),
	port_25_taken: failure( 409, { program: text, address: text } ),
	/** `siteUrl` is '' where it came between the look and the change. */
	managed_by_another_site: failure( 409, {
		siteUrl: text,
		serverId: count,
		sameSite: flag,
		/** The marker is one of another machine. */
		isCopy: flag,
		savedQueue: maybe( text ),
	} ),
	server_busy: failure( 409, { jobId: maybe( text ) } ),
	state_folder_foreign: failure( 409, {} ),
};
