import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, rmSync, statSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** How libpq is told what DATABASE_URL says: not as an argument, which every user of the machine can read. */
export function libpqEnvironment( databaseUrl: string ): Record< string, string > {
	const url = new URL( databaseUrl );
	const parts = {
		PGHOST: url.searchParams.get( 'host' ) ?? url.hostname,
		PGPORT: url.searchParams.get( 'port' ) ?? url.port,
		PGUSER: decodeURIComponent( url.username ),
		PGPASSWORD: decodeURIComponent( url.password ),
		PGDATABASE: decodeURIComponent( url.pathname.slice( 1 ) ),
		PGSSLMODE: url.searchParams.get( 'sslmode' ) ?? '',
	};
	return Object.fromEntries( Object.entries( parts ).filter( ( [ , value ] ) => value !== '' ) );
}

interface Place {
	databaseUrl: string;
	dataDir: string;
	signal?: AbortSignal | undefined;
}

/** Writes the whole database to a new file, for its owner alone. Errors: as `runPostgresTool`. */
export async function dumpPostgres( file: string, place: Place ): Promise< void > {
	const output = createWriteStream( file, { mode: 0o600, flags: 'wx', flush: true } );
	// before anything else, as whoever this is now
	await once( output, 'open' );
	const program = [ 'pg_dump', '--format=custom', '--no-owner', '--no-privileges' ] as [ string, ...string[] ];
	try {
		await runPostgresTool( program, { ...place, output } );
	} catch ( error ) {
		rmSync( file, { force: true } );
		throw error;
	}
}

/**
 * Runs a program of PostgreSQL as the owner of the data folder, whom PostgreSQL knows by its socket.
 * Errors: an Error with what the program said, or that it is not there.
 */
export async function runPostgresTool(
	argv: [ string, ...string[] ],
	{ databaseUrl, dataDir, input, output, signal }: Place & { input?: Readable; output?: Writable }
): Promise< void > {
	const [ program, ...args ] = argv;
	const child = asRootForNow( () => {
		const owner = process.getuid?.() === 0 ? statSync( dataDir, { throwIfNoEntry: false } ) : undefined;
		return spawn( program, args, {
			cwd: '/',
			env: { PATH: process.env.PATH, ...libpqEnvironment( databaseUrl ) },
			stdio: [ 'pipe', 'pipe', 'pipe' ],
			...( owner && { uid: owner.uid, gid: owner.gid } ),
			...( signal && { signal } ),
		} );
	} );
	let said = '';
	child.stderr.on( 'data', ( chunk ) => ( said += chunk ) );
	const ended = new Promise< number | null >( ( resolve, reject ) => {
		child.on( 'close', resolve );
		child.on( 'error', ( { code, message }: NodeJS.ErrnoException ) =>
			reject(
				new Error( code === 'ENOENT' ? `There is no ${ program }: apt-get install postgresql-client` : message )
			)
		);
	} );
	// a program that ended early says why itself
	const streams = [
		input ? pipeline( input, child.stdin ).catch( () => {} ) : Promise.resolve( void child.stdin.end() ),
		output ? pipeline( child.stdout, output ) : Promise.resolve( void child.stdout.resume() ),
	];
	const [ code ] = await Promise.all( [ ended, ...streams ] );
	if ( code !== 0 ) {
		throw new Error( `${ program } failed: ${ said.trim().slice( -500 ) }` );
	}
}

/** Root who is the owner just now (asOwner) is root again while a program is started: nobody else may give it another user. */
function asRootForNow< Result >( start: () => Result ): Result {
	const [ user, group ] = [ process.geteuid?.(), process.getegid?.() ];
	if ( process.getuid?.() !== 0 || user === undefined || group === undefined || user === 0 ) {
		return start();
	}
	process.seteuid?.( 0 );
	process.setegid?.( 0 );
	try {
		return start();
	} finally {
		process.setegid?.( group );
		process.seteuid?.( user );
	}
}
