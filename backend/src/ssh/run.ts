import { randomUUID } from 'node:crypto';
import type { Client, ClientChannel } from 'ssh2';
import type { SudoReason } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import type { Secret } from '../vault/secret.ts';
import { asMark, askMark, beginLine, commandLine, readyLine, sudoProblems, type AsRoot } from './as-root.ts';
import { exec } from './exec.ts';
import { readLines } from './lines.ts';
import type { RunOptions, RunResult } from './remote.ts';
import { excerpt, withoutControls } from './text.ts';
import { within, type Limits } from './within.ts';

const mebibyte = 1_048_576;

export interface Starter {
	elevation: AsRoot | 'unknown';
	/** Needed for `sudo_password`. */
	sudoPassword: Secret | null;
}

/** A program that was started on a server and waits for what it is to do. */
export interface Started {
	/**
	 * How it became root, as soon as nothing but the program reads its stdin; for `unknown`. Both a first word of it and
	 * becoming root may take `timeoutMs`. Errors: those of `run`; no_shell, too, where it says no word in that time, as
	 * a forced command does that waits for its own input.
	 */
	ready( limits: Limits ): Promise< AsRoot >;
	/**
	 * Hands the program its payload and waits for its end; once. See Remote.run for bounds and errors; besides:
	 * sudo_refused { reason: one of sudoProblems | wrong_password | refused, said }, sudo_password_required,
	 * server_answer_not_understood { reason: no_shell, said } where the program never started.
	 */
	run( options: RunOptions ): Promise< RunResult >;
}

/** Starts a constant program. What it needs to become root is done before it runs, and told apart from what it says. */
export function startProgram( client: Client, program: string, { elevation, sudoPassword }: Starter ): Started {
	const nonce = randomUUID().replaceAll( '-', '' );
	const spoken = Promise.withResolvers< void >();
	const ready = Promise.withResolvers< AsRoot >();
	const stdout: string[] = [];
	const stderr: Buffer[] = [];
	const bytes = { stdout: 0, stderr: 0 };
	let way: AsRoot | null = elevation === 'unknown' ? null : elevation;
	let channel: ClientChannel | undefined;
	let isReady = false;
	let options: RunOptions | undefined;
	let begun = false;
	let noise = '';
	let asked = 0;
	let unsearched = '';

	const sendPassword = () => {
		if ( sudoPassword === null ) {
			return running.fail( new GatewayError( 'sudo_password_required' ) );
		}
		channel?.write( `${ sudoPassword.reveal() }\n` );
	};
	const begin = () => {
		// what becomes root without a password needs no waiting for READY
		const isDue = isReady || way === 'root' || way === 'sudo';
		if ( channel && options && isDue && ! begun ) {
			begun = true;
			channel.end( Buffer.concat( [ Buffer.from( beginLine( nonce ) ), options.stdin ?? new Uint8Array() ] ) );
		}
	};
	const takeWay = ( said: string ) => {
		spoken.resolve();
		if ( said === 'user' ) {
			return;
		}
		const problem = sudoProblems.find( ( one ) => one === said );
		if ( problem ) {
			return running.fail( new GatewayError( 'sudo_refused', { reason: problem, said: '' } ) );
		}
		if ( way !== null ) {
			return;
		}
		if ( said !== 'root' && said !== 'sudo' && said !== 'sudo_password' ) {
			return running.fail( new GatewayError( 'server_answer_not_understood', { reason: 'probe' } ) );
		}
		way = said;
		if ( way === 'sudo_password' ) {
			sendPassword();
		}
	};
	const out = readLines( ( line ) => {
		if ( isReady ) {
			stdout.push( line );
			options?.onLine?.( line );
		} else if ( line.startsWith( asMark( nonce ) ) ) {
			takeWay( line.slice( asMark( nonce ).length ) );
		} else if ( way !== null && line === readyLine( nonce ) ) {
			isReady = true;
			ready.resolve( way );
			begin();
		} else {
			noise = ( noise + line + '\n' ).slice( 0, 2048 );
		}
	} );
	const fits = ( stream: 'stdout' | 'stderr', { length }: Buffer ) =>
		( bytes[ stream ] += length ) <= ( options?.maxBytes ?? mebibyte );

	const running = exec( client, commandLine( program, { elevation, nonce } ), {
		onOpen( open ) {
			channel = open;
			if ( way === 'sudo_password' ) {
				sendPassword();
			}
			begin();
		},
		onStdout: ( piece ) => fits( 'stdout', piece ) && out.push( piece ),
		onStderr( piece ) {
			stderr.push( piece );
			if ( ! isReady ) {
				// a mark may lie across two pieces; what was searched once is not searched again
				const parts = ( unsearched + piece.toString( 'latin1' ) ).split( askMark( nonce ) );
				asked += parts.length - 1;
				unsearched = ( parts.at( -1 ) ?? '' ).slice( 1 - askMark( nonce ).length );
				if ( asked > 1 ) {
					// asked again: the password was wrong; nothing more is said, so that no line is taken for another try
					channel?.end();
				}
			}
			return fits( 'stderr', piece );
		},
	} );
	const ended = running.exit.then( ( exitCode ): RunResult => {
		const endedWithoutLineFeed = stdout.length;
		out.end();
		if ( ! isReady ) {
			throw notStarted();
		}
		const text = stdout.join( '\n' ) + ( stdout.length > 0 && stdout.length === endedWithoutLineFeed ? '\n' : '' );
		return { exitCode, stdout: text, stderr: errors() };
	} );
	const errors = () =>
		withoutControls( Buffer.concat( stderr ).toString( 'utf8' ) ).replaceAll( askMark( nonce ), '' );
	const notStarted = () => {
		const said = excerpt( masked( `${ noise } ${ errors() }`, sudoPassword ) );
		return way === 'sudo' || way === 'sudo_password'
			? new GatewayError( 'sudo_refused', sudoRefusal( said, asked ) )
			: new GatewayError( 'server_answer_not_understood', { reason: 'no_shell', said } );
	};
	for ( const one of [ spoken, ready ] ) {
		// whoever waits for one need not wait for the others
		one.promise.catch( () => {} );
		ended.catch( one.reject );
	}
	return {
		async ready( limits ) {
			await within( limits, spoken.promise, ( error ) =>
				running.fail( limits.signal.aborted ? error : notStarted() )
			);
			return within( limits, ready.promise, running.fail );
		},
		run( given ) {
			options = given;
			begin();
			return within( given, ended, running.fail );
		},
	};
}

const masked = ( text: string, secret: Secret | null ) => {
	const word = secret?.reveal() ?? '';
	return word === '' ? text : text.replaceAll( word, '***' );
};

/** Why sudo refused, and its own words without our program in them. */
function sudoRefusal( said: string, asked: number ): { reason: SudoReason; said: string } {
	const [ , before ] = /^(.*?is not allowed to execute) '/s.exec( said ) ?? [];
	if ( before !== undefined ) {
		return { reason: 'limited', said: `${ before } sh` };
	}
	return { reason: asked > 1 ? 'wrong_password' : 'refused', said };
}
