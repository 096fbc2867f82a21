import type { Client } from 'ssh2';
import { GatewayError, isFailure } from '../errors.ts';
import type { Secret } from '../vault/secret.ts';
import type { AsRoot } from './as-root.ts';
import type { Remote } from './remote.ts';
import { startProgram } from './run.ts';

/** For a first word of the first program, and once more for becoming root. */
const becomeRootMs = 20_000;

/** Runs programs as root over one connection. The first one finds out how, which saves a program of its own for that. */
export function asRootRunner( client: Client, sudoPassword: Secret | null ): Pick< Remote, 'run' | 'asRoot' > {
	let way: AsRoot | undefined;
	return {
		asRoot() {
			if ( way === undefined ) {
				throw new Error( 'No program has run as root on this connection yet.' );
			}
			return way;
		},
		async run( program, options ) {
			options.signal.throwIfAborted();
			const started = startProgram( client, program, { elevation: way ?? 'unknown', sudoPassword }, options );
			if ( way === undefined ) {
				const limits = { signal: options.signal, timeoutMs: becomeRootMs };
				way = await started.running( limits ).catch( ( error: unknown ) => {
					throw withoutShell( error );
				} );
			}
			return started.ended();
		},
	};
}

/** A first program that does not come to run is no wrong answer of a server: that user may run nothing there. */
const withoutShell = ( error: unknown ) =>
	isFailure( error, 'server_answer_not_understood' ) && error.detail.reason === 'no_shell'
		? new GatewayError( 'sign_in_refused', { reason: 'no_shell', said: error.detail.said } )
		: error;
