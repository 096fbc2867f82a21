import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const programOf = ( name: string ) => fileURLToPath( new URL( name, import.meta.url ) );

/** A port of this machine that nobody uses now. */
export async function freePort(): Promise< number > {
	const server = createServer().listen( 0, '127.0.0.1' );
	await once( server, 'listening' );
	const { port } = server.address() as AddressInfo;
	await new Promise( ( resolve ) => server.close( resolve ) );
	return port;
}

/** Starts backend-process.ts; resolves when it answers. Errors: what it printed, when it ends or 60 s pass before. */
export async function spawnBackend( env: Record< string, string > ): Promise< ChildProcess > {
	const child = spawn( process.execPath, [ programOf( 'backend-process.ts' ) ], {
		env: { PATH: process.env.PATH, LOG_LEVEL: 'info', ...env },
		stdio: [ 'ignore', 'pipe', 'pipe' ],
	} );
	let printed = '';
	const { promise: ready, resolve, reject } = Promise.withResolvers< void >();
	const timer = setTimeout( () => reject( new Error( `not ready: ${ printed }` ) ), 60_000 );
	const read = ( chunk: Buffer ) => {
		printed += chunk.toString();
		if ( /^ready$/m.test( printed ) ) {
			resolve();
		}
	};
	child.stdout.on( 'data', read );
	child.stderr.on( 'data', read );
	child.once( 'close', () => reject( new Error( `ended: ${ printed }` ) ) );
	await ready.finally( () => clearTimeout( timer ) );
	return child;
}

/** The last word of the line that `email-gateway pair` prints: the code. */
export async function askForCode( env: Record< string, string > ): Promise< string > {
	const child = spawn( process.execPath, [ programOf( '../src/command.ts' ), 'pair' ], {
		env: { PATH: process.env.PATH, ...env },
		stdio: [ 'ignore', 'pipe', 'inherit' ],
	} );
	let printed = '';
	child.stdout.on( 'data', ( chunk ) => ( printed += chunk ) );
	await once( child, 'close' );
	return printed.trim().split( ' ' ).at( -1 ) ?? '';
}

/** Ends a process with a signal and waits until it is gone. */
export async function end( child: ChildProcess | undefined, signal: NodeJS.Signals ): Promise< number | null > {
	if ( child && child.exitCode === null && child.signalCode === null ) {
		const gone = once( child, 'exit' );
		child.kill( signal );
		await gone;
	}
	return child?.exitCode ?? null;
}
