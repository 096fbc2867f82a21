import { randomBytes } from 'node:crypto';
import type { Client, ClientChannel } from 'ssh2';
import { GatewayError } from '../errors.ts';
import type { Secret } from '../vault/secret.ts';
import { askMark, beginLine, commandLine, readyLine, type Elevation } from './as-root.ts';
import { exec } from './exec.ts';
import { readLines } from './lines.ts';
import type { RunOptions, RunResult } from './remote.ts';
import { excerpt, withoutControls } from './text.ts';

const mebibyte = 1_048_576;

export interface Starter {
	elevation: Elevation;
	/** Needed for `sudo_password`. */
	sudoPassword: Secret | null;
}

/**
 * Runs a constant program with a payload on its stdin. See Remote.run for bounds and errors; besides:
 * sudo_refused { reason: wrong_password | refused, said }, server_answer_not_understood { reason: no_shell, said }
 * where the program never started.
 */
export async function runProgram(
	client: Client,
	program: string,
	options: RunOptions & Starter
): Promise< RunResult > {
	const { elevation, signal, timeoutMs, maxBytes = mebibyte, onLine, stdin = new Uint8Array() } = options;
	const nonce = randomBytes( 16 ).toString( 'hex' );
	const password = elevation === 'sudo_password' ? options.sudoPassword?.reveal() ?? '' : null;
	const stdout: string[] = [];
	const stderr: Buffer[] = [];
	let channel: ClientChannel | undefined;
	let ready = false;
	let noise = '';
	let asked = 0;
	let unsearched = '';

	const sendPayload = () => {
		channel?.write( beginLine( nonce ) );
		channel?.end( Buffer.from( stdin ) );
	};
	const out = readLines( ( line ) => {
		if ( ! ready ) {
			ready = line === readyLine( nonce );
			noise = ready ? '' : ( noise + line + '\n' ).slice( 0, 2048 );
			if ( ready && password !== null ) {
				sendPayload();
			}
			return;
		}
		stdout.push( line );
		onLine?.( line );
	} );

	const exitCode = await exec( client, commandLine( program, { elevation, nonce } ), {
		signal,
		timeoutMs,
		maxBytes,
		onOpen( open ) {
			channel = open;
			if ( password === null ) {
				return sendPayload();
			}
			open.write( `${ password }\n` );
		},
		onStdout: out.push,
		onStderr( bytes ) {
			stderr.push( bytes );
			if ( password !== null && ! ready ) {
				// a mark may lie across two pieces; what was searched once is not searched again
				const parts = ( unsearched + bytes.toString( 'latin1' ) ).split( askMark( nonce ) );
				asked += parts.length - 1;
				unsearched = ( parts.at( -1 ) ?? '' ).slice( 1 - askMark( nonce ).length );
				if ( asked > 1 ) {
					// asked again: the password was wrong; nothing more is said, so that no line is taken for another try
					channel?.end();
				}
			}
			return true;
		},
	} );
	const endedWithoutLineFeed = stdout.length;
	out.end();
	const errors = withoutControls( Buffer.concat( stderr ).toString( 'utf8' ) ).replaceAll( askMark( nonce ), '' );
	if ( ! ready ) {
		const said = excerpt( mask( `${ noise } ${ errors }`, password ) );
		if ( elevation === 'sudo' || elevation === 'sudo_password' ) {
			throw new GatewayError( 'sudo_refused', { reason: asked > 1 ? 'wrong_password' : 'refused', said } );
		}
		throw new GatewayError( 'server_answer_not_understood', { reason: 'no_shell', said } );
	}
	const text = stdout.join( '\n' ) + ( stdout.length > 0 && stdout.length === endedWithoutLineFeed ? '\n' : '' );
	return { exitCode, stdout: text, stderr: errors };
}

const mask = ( text: string, secret: string | null ) =>
	secret === null || secret === '' ? text : text.replaceAll( secret, '***' );
