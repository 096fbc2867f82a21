import { cp, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { labPort } from '../network/addresses.ts';
import { labPath } from '../system/paths.ts';
import { startProcess, stopProcess } from '../system/processes.ts';
import { run } from '../system/run.ts';
import { answers, waitUntil } from '../wait.ts';

/** 38 MB when this was written: what makes it greater is to be looked at. */
export async function isSmall( release: string ): Promise< void > {
	const entries = await readdir( release, { recursive: true, withFileTypes: true } );
	const sizes = await Promise.all(
		entries
			.filter( ( entry ) => entry.isFile() )
			.map( async ( entry ) => ( await stat( join( entry.parentPath, entry.name ) ) ).size )
	);
	const megabytes = sizes.reduce( ( sum, size ) => sum + size, 0 ) / 1e6;
	if ( megabytes > 45 ) {
		throw new Error( `It has ${ megabytes.toFixed( 1 ) } MB.` );
	}
}

/** Starts a copy of what ships, where nothing of the checkout is beside it. */
export async function answersHealth( {
	folder,
	release: made,
	signal,
}: {
	folder: string;
	release: string;
	signal: AbortSignal;
} ): Promise< void > {
	const release = join( folder, 'backend' );
	await mkdir( release );
	await cp( made, release, { recursive: true, verbatimSymlinks: true } );
	const port = labPort( labPath, 'release' );
	const logFile = join( folder, 'backend.log' );
	const env = { PATH: process.env[ 'PATH' ], PORT: `${ port }`, EMAIL_GATEWAY_DATA_DIR: join( folder, 'data' ) };
	await run( [ join( release, 'bin/email-gateway' ), 'version' ], {
		env: { ...env, PATH: `${ dirname( process.execPath ) }:${ env.PATH }` },
	} );
	await startProcess( 'release', [ process.execPath, 'src/main.ts' ], { cwd: release, env, logFile } );
	try {
		await waitUntil( 'An answer at /health', () => answers( `http://127.0.0.1:${ port }/health` ), {
			timeoutMs: 30_000,
			signal,
		} );
	} finally {
		await stopProcess( 'release' );
	}
}
