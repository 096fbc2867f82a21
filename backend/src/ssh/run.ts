import { randomUUID } from 'node:crypto';
import type { Client, ClientChannel } from 'ssh2';
import { GatewayError } from '../errors.ts';
import type { Secret } from '../vault/secret.ts';
import { askMark, beginLine, commandLine, type AsRoot } from './as-root.ts';
import { exec } from './exec.ts';
import { readLines } from './lines.ts';
import { refusalError, startOf, step, type ProgramEffect, type ProgramEvent } from './program-state.ts';
import type { RunOptions, RunResult } from './remote.ts';
import { excerpt, withoutControls } from './text.ts';
import { within, type Limits } from './within.ts';

const mebibyte = 1_048_576;

export interface Starter {
	elevation: AsRoot | 'unknown';
	/** Needed for `sudo_password`. */
	sudoPassword: Secret | null;
}

/** A program that was started on a server. */
export interface Started {
	/**
	 * How it became root, as soon as it runs. Both a first word of it and becoming root may take `timeoutMs`. Errors:
	 * those of `ended`; no_shell, too, where it says no word in that time, as a forced command does that waits for its
	 * own input.
	 */
	running( limits: Limits ): Promise< AsRoot >;
	/**
	 * What it said until its end. See Remote.run for bounds and errors; besides: sudo_refused { reason, said },
	 * sudo_password_required, server_answer_not_understood { reason: no_shell, said } where it never came to run.
	 */
	ended(): Promise< RunResult >;
}

/** Starts a constant program. What it needs to become root is done before it runs, and told apart from what it says. */
export function startProgram(
	client: Client,
	program: string,
	{ elevation, sudoPassword }: Starter,
	options: RunOptions
): Started {
	const nonce = randomUUID().replaceAll( '-', '' );
	const given = { nonce, hasPassword: sudoPassword !== null };
	const heard = Promise.withResolvers< void >();
	const running = Promise.withResolvers< void >();
	const stdout: string[] = [];
	const stderr: Buffer[] = [];
	let channel: ClientChannel | undefined;
	let state = startOf( elevation );

	const said = () =>
		excerpt( masked( `${ state.noise } ${ textOf( stderr, nonce ) }`, sudoPassword?.reveal() ?? '' ) );
	const notStarted = () => refusalError( 'not_started', state, said() );
	const perform = ( effect: ProgramEffect ) => {
		switch ( effect.type ) {
			case 'send_password':
				return channel?.write( `${ sudoPassword?.reveal() }\n` );
			case 'begin':
				return channel?.end(
					Buffer.concat( [ Buffer.from( beginLine( nonce ) ), options.stdin ?? new Uint8Array() ] )
				);
			case 'end_input':
				return channel?.end();
			case 'take':
				stdout.push( effect.line );
				return options.onLine?.( effect.line );
			case 'fail':
				return session.fail( refusalError( effect.why, state, said() ) );
		}
	};
	const on = ( event: ProgramEvent ) => {
		const { state: next, effect } = step( state, event, given );
		state = next;
		if ( effect ) {
			perform( effect );
		}
		if ( state.at !== 'starting' ) {
			heard.resolve();
		}
		if ( state.at === 'running' ) {
			running.resolve();
		}
	};
	const out = readLines( ( text ) => on( { type: 'line', text } ) );
	const questions = countMarks( askMark( nonce ), () => on( { type: 'asked' } ) );
	/** A server that floods loses its whole connection: what it goes on sending must not cost anything. */
	const bounded = ( take: ( bytes: Buffer ) => boolean ) => {
		let left = options.maxBytes ?? mebibyte;
		return ( bytes: Buffer ) => {
			left -= bytes.length;
			if ( left < 0 || ! take( bytes ) ) {
				session.fail( new GatewayError( 'server_answer_not_understood', { reason: 'too_much_output' } ) );
				client.destroy();
			}
		};
	};
	const session = exec( client, commandLine( program, { elevation, nonce } ), {
		onOpen( opened ) {
			channel = opened;
			opened.on( 'data', bounded( out.push ) );
			opened.stderr.on(
				'data',
				bounded( ( bytes ) => {
					stderr.push( bytes );
					if ( state.at !== 'running' ) {
						questions( bytes );
					}
					return true;
				} )
			);
			on( { type: 'opened' } );
		},
	} );
	const ended = session.exit.then( ( exitCode ): RunResult => {
		const complete = stdout.length;
		out.end();
		const { effect } = step( state, { type: 'closed' }, given );
		if ( effect?.type === 'fail' ) {
			throw refusalError( effect.why, state, said() );
		}
		const lineFeed = stdout.length > 0 && stdout.length === complete ? '\n' : '';
		return { exitCode, stdout: stdout.join( '\n' ) + lineFeed, stderr: textOf( stderr, nonce ) };
	} );
	for ( const one of [ heard, running ] ) {
		// whoever waits for one need not wait for the others
		one.promise.catch( () => {} );
		ended.catch( one.reject );
	}
	return {
		async running( limits ) {
			await within( { ...limits, late: notStarted }, heard.promise, session.fail );
			await within( limits, running.promise, session.fail );
			return state.way as AsRoot;
		},
		ended: () => within( options, ended, session.fail ),
	};
}

/** Calls `onMark` for each mark in a stream. One may lie across two pieces; what was searched once is not searched again. */
function countMarks( mark: string, onMark: () => void ): ( bytes: Buffer ) => void {
	let rest = '';
	return ( bytes ) => {
		const parts = ( rest + bytes.toString( 'latin1' ) ).split( mark );
		rest = ( parts.at( -1 ) ?? '' ).slice( 1 - mark.length );
		parts.slice( 1 ).forEach( onMark );
	};
}

const textOf = ( pieces: Buffer[], nonce: string ) =>
	withoutControls( Buffer.concat( pieces ).toString( 'utf8' ) ).replaceAll( askMark( nonce ), '' );

const masked = ( text: string, word: string ) => ( word === '' ? text : text.replaceAll( word, '***' ) );
