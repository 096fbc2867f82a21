import type { Duplex } from 'node:stream';
import type { AsRoot } from './as-root.ts';

export interface RunOptions {
	/** Handed to the program byte for byte on its standard input; the only way for data and secrets. */
	stdin?: Uint8Array;
	/** Ends the wait and the channel; what was started on the server detached goes on there. */
	signal: AbortSignal;
	timeoutMs: number;
	/** Bound of stdout and of stderr each; default 1 MiB. A server that says more is cut off with an error. */
	maxBytes?: number;
	/** Each complete line of stdout as it comes: UTF-8, control sequences stripped, at most 64 KiB. */
	onLine?: ( line: string ) => void;
}

export interface RunResult {
	/** Exit code of the program; null where a signal ended it. */
	exitCode: number | null;
	stdout: string;
	stderr: string;
}

/** One signed-in connection to one server, as root or through sudo. One per job. */
export interface Remote {
	/**
	 * Runs a constant POSIX-sh program as root. `program` never contains data: what varies goes to stdin.
	 * Errors: GatewayError connection_lost, server_timed_out, server_answer_not_understood (bounds exceeded),
	 * session_refused; sudo_password_required and sudo_refused; the first one, too, sign_in_refused { reason: no_shell,
	 * said } where a forced command or a login shell lets nothing run.
	 */
	run( program: string, options: RunOptions ): Promise< RunResult >;
	/**
	 * Opens a TCP stream from the server's own network; where sshd forbids forwarding, by a program there.
	 * Errors: GatewayError provider_name_not_found, provider_port_closed, provider_port_blocked (no answer in 8 s);
	 * ForwardingForbidden where neither way is open.
	 */
	forward( target: { host: string; port: number }, options: { signal: AbortSignal } ): Promise< Duplex >;
	/** How the user who signed in becomes root: found out by the first program, so that it throws before one has run. */
	asRoot(): AsRoot;
	/** The host key the server proved, `SHA256:…`. */
	readonly fingerprint: string;
	close(): void;
}
