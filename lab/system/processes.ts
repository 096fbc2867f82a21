import { spawn } from 'node:child_process';
import {
	closeSync,
	existsSync,
	mkdirSync,
	openSync,
	readFileSync,
	readdirSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { labPath } from './paths.ts';
import { tryRun } from './run.ts';

const runPath = join( labPath, 'run' );

/** A process that the lab started and may therefore end. The start time tells it from a later one with the same pid. */
export type ProcessRecord = { pid: number; startedAt: string };

/**
 * Starts a command that outlives this process, in a process group of its own, and remembers it under `.lab/run`.
 * Already running under this name: nothing happens.
 *
 * @param name    one lab process, such as `provider`
 * @param argv    command and arguments; no secrets, they are visible to every user
 * @param options logFile: where both outputs are appended
 */
export async function startProcess(
	name: string,
	argv: readonly string[],
	{ logFile, env, cwd }: { logFile: string; env?: NodeJS.ProcessEnv; cwd?: string }
): Promise< ProcessRecord > {
	const running = await runningProcess( name );
	if ( running ) {
		return running;
	}
	mkdirSync( runPath, { recursive: true } );
	mkdirSync( dirname( logFile ), { recursive: true } );
	const output = openSync( logFile, 'a', 0o600 );
	const [ command = '', ...args ] = argv;
	const child = spawn( command, args, {
		cwd,
		env,
		detached: true,
		stdio: [ 'ignore', output, output ],
	} );
	closeSync( output );
	const pid = await new Promise< number >( ( done, fail ) => {
		child.once( 'error', fail );
		child.once( 'spawn', () => done( child.pid ?? 0 ) );
	} );
	child.unref();
	const record = { pid, startedAt: ( await startTime( pid ) ) ?? 'ended' };
	writeFileSync( recordPath( name ), JSON.stringify( record ) );
	return record;
}

/** @return the record of the process while it lives */
export async function runningProcess( name: string ): Promise< ProcessRecord | undefined > {
	const record = recordOf( name );
	return record && ( await startTime( record.pid ) ) === record.startedAt ? record : undefined;
}

function recordOf( name: string ): ProcessRecord | undefined {
	return existsSync( recordPath( name ) ) ? JSON.parse( readFileSync( recordPath( name ), 'utf8' ) ) : undefined;
}

/** Calls a process that runs by another name from now on. There is none: nothing happens. */
export async function renameProcess( from: string, to: string ): Promise< void > {
	if ( await runningProcess( from ) ) {
		renameSync( recordPath( from ), recordPath( to ) );
	}
}

/** @return the names of all processes that were started here and not stopped since */
export function recordedProcesses(): string[] {
	return existsSync( runPath )
		? readdirSync( runPath )
				.filter( ( file ) => file.endsWith( '.json' ) )
				.map( ( file ) => file.slice( 0, -'.json'.length ) )
		: [];
}

/**
 * Ends a process started here: asks it, then kills its whole group when it is still there after `graceMs`. One that ended
 * already may have left others in its group: they are killed, too.
 */
export async function stopProcess( name: string, { graceMs = 10_000 }: { graceMs?: number } = {} ): Promise< void > {
	const running = await runningProcess( name );
	if ( running ) {
		signalIfAlive( running.pid, 'SIGTERM' );
		await waitForEnd( running, graceMs );
	}
	const record = recordOf( name );
	const now = record && ( await startTime( record.pid ) );
	// The system gives a number to no new process while a group has it. So a group without its first process is ours.
	if ( record && ( now === undefined || now === record.startedAt ) ) {
		signalIfAlive( -record.pid, 'SIGKILL' );
		await waitForEnd( record, 5000 );
	}
	rmSync( recordPath( name ), { force: true } );
}

async function waitForEnd( record: ProcessRecord, timeoutMs: number ) {
	const deadline = Date.now() + timeoutMs;
	while ( Date.now() < deadline && ( await startTime( record.pid ) ) === record.startedAt ) {
		await sleep( 100 );
	}
}

function signalIfAlive( pid: number, signal: NodeJS.Signals ) {
	try {
		process.kill( pid, signal );
	} catch ( error ) {
		if ( ( error as NodeJS.ErrnoException ).code !== 'ESRCH' ) {
			throw error;
		}
	}
}

/** @return when the process started, in the system's own notation; undefined when there is none, or only a zombie */
async function startTime( pid: number ): Promise< string | undefined > {
	if ( ! existsSync( '/proc/self/stat' ) ) {
		const { stdout } = await tryRun( [ 'ps', '-o', 'lstart=', '-p', `${ pid }` ] );
		return stdout.trim() || undefined;
	}
	try {
		const stat = readFileSync( `/proc/${ pid }/stat`, 'utf8' );
		// The second field is the program's name in brackets and may hold blanks: count from its end.
		const fields = stat.slice( stat.lastIndexOf( ')' ) + 2 ).split( ' ' );
		return fields[ 0 ] === 'Z' ? undefined : fields[ 19 ];
	} catch {
		return undefined;
	}
}

function recordPath( name: string ) {
	return join( runPath, `${ name }.json` );
}
