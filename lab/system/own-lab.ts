import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { relative } from 'node:path';
import { checkoutPath, labPath } from './paths.ts';

/**
 * Runs a script of ours to its end in a lab of its own beside this one: `lab` is added to the folder's name, and is the
 * script's first argument, before `args`. It is a process, because names, addresses and ports follow from EMAIL_GATEWAY_LAB_DIR; it takes
 * its lab down itself, also when it is interrupted, and that is waited for. Throws where it ended with an exit code.
 */
export async function runInOwnLab< Told >(
	script: string,
	lab: string,
	{
		args = [],
		signal,
		onTold,
	}: { args?: string[]; signal: AbortSignal; onTold( told: Told, answer: ( message: object ) => void ): void }
): Promise< void > {
	const child = spawn( process.execPath, [ script, lab, ...args ], {
		cwd: checkoutPath,
		env: { ...process.env, EMAIL_GATEWAY_LAB_DIR: `${ relative( checkoutPath, labPath ) }-${ lab }` },
		stdio: [ 'ignore', 'inherit', 'inherit', 'ipc' ],
	} );
	const stop = () => void child.kill( 'SIGTERM' );
	signal.addEventListener( 'abort', stop, { once: true } );
	child.on( 'message', ( told ) => onTold( told as Told, ( message ) => void child.send( message ) ) );
	const [ code ] = await once( child, 'close' );
	signal.removeEventListener( 'abort', stop );
	if ( code !== 0 && ! signal.aborted ) {
		throw new Error( `The lab ${ lab } ended with ${ code }; what it said stands above.` );
	}
}
