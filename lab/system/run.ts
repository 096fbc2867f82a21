import { spawn } from 'node:child_process';

export type Log = ( line: string ) => void;

export type Finished = { code: number; stdout: string; stderr: string };

export type RunOptions = {
	input?: string | Buffer;
	env?: NodeJS.ProcessEnv;
	cwd?: string;
	signal?: AbortSignal | undefined;
	/** What an abort sends to the command; SIGTERM unless told. */
	killSignal?: NodeJS.Signals;
	/** Told each line of both outputs while the command runs. */
	onLine?: Log;
};

/** A command that ended with another exit code than 0. */
export class CommandError extends Error {
	readonly finished: Finished;

	constructor( argv: readonly string[], finished: Finished ) {
		const tail = ( finished.stderr || finished.stdout ).slice( -2000 ).trim();
		super( `${ argv[ 0 ] } ended with ${ finished.code }: ${ tail }` );
		this.finished = finished;
	}
}

/**
 * Runs a command to its end and gives back what it printed, whatever its exit code (128 when a signal ended it).
 *
 * @throws when the command cannot be started, or when the signal aborts it
 */
export function tryRun(
	argv: readonly string[],
	{ input, env, cwd, signal, killSignal, onLine }: RunOptions = {}
): Promise< Finished > {
	const [ command = '', ...args ] = argv;
	return new Promise( ( done, fail ) => {
		const child = spawn( command, args, { cwd, env, signal, ...( killSignal && { killSignal } ) } );
		const stdout = collect( child.stdout, onLine );
		const stderr = collect( child.stderr, onLine );
		child.on( 'error', fail );
		child.on( 'close', ( code ) => done( { code: code ?? 128, stdout: stdout(), stderr: stderr() } ) );
		// A command may end without reading its input: its exit code tells, not the broken pipe.
		child.stdin.on( 'error', () => {} );
		child.stdin.end( input );
	} );
}

/**
 * Runs a command that must succeed.
 *
 * @return its standard output
 * @throws CommandError for any exit code but 0
 */
export async function run( argv: readonly string[], options: RunOptions = {} ): Promise< string > {
	const finished = await tryRun( argv, options );
	if ( finished.code !== 0 ) {
		throw new CommandError( argv, finished );
	}
	return finished.stdout;
}

function collect( stream: NodeJS.ReadableStream, onLine: Log | undefined ): () => string {
	let text = '';
	let pending = '';
	stream.setEncoding( 'utf8' );
	stream.on( 'data', ( chunk: string ) => {
		text += chunk;
		const lines = ( pending + chunk ).split( '\n' );
		pending = lines.pop() ?? '';
		lines.forEach( ( line ) => onLine?.( line ) );
	} );
	return () => text;
}
