import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { labNetwork, labPort } from '../network/addresses.ts';
import { ensureProviderCa, labResolver } from '../provider/start.ts';
import { checkoutPath, labPath, logPath } from '../system/paths.ts';
import { runningProcess, startProcess } from '../system/processes.ts';
import { run } from '../system/run.ts';
import { answers, waitUntil } from '../wait.ts';

export interface RunningBackend {
	url: string;
	/** Prints a fresh one-time code that pairs a site. */
	pairingCode(): Promise< string >;
}

/** Where the backend of this lab has its data and its key. */
export const backendFolder = join( labPath, 'backend' );

/** Starts the backend, or takes the one that runs; answers when it is ready. Without databaseUrl it uses its embedded database. */
export async function startBackend( {
	databaseUrl,
	signal,
}: {
	databaseUrl?: string;
	signal: AbortSignal;
} ): Promise< RunningBackend > {
	const url = `http://127.0.0.1:${ labPort( labPath, 'backend' ) }`;
	const logFile = join( logPath, 'backend.log' );
	const env = await backendEnvironment( { databaseUrl, folder: backendFolder } );
	const logged = existsSync( logFile ) ? statSync( logFile ).size : 0;
	await startProcess( 'backend', [ process.execPath, 'backend/src/main.ts' ], {
		env,
		cwd: checkoutPath,
		logFile,
	} );
	const isReady = async () => {
		if ( ( await runningProcess( 'backend' ) ) === undefined ) {
			const lines = readFileSync( logFile ).subarray( logged ).toString().trim().split( '\n' );
			throw new Error(
				`The backend ended while it started (${ logFile }):\n${ lines.slice( -30 ).join( '\n' ) }`
			);
		}
		return answers( `${ url }/ready` );
	};
	const what = `The backend being ready (its log: ${ logFile })`;
	await waitUntil( what, isReady, { timeoutMs: 60_000, everyMs: 100, signal } );
	const pairingCode = async () => {
		const printed = await run( [ process.execPath, 'backend/src/command.ts', 'pair' ], {
			env,
			cwd: checkoutPath,
			signal,
		} );
		return printed.trim().split( ' ' ).at( -1 ) ?? '';
	};
	return { url, pairingCode };
}

/** What a backend of this lab is started with; `folder` is made, and holds its data and its key. */
export async function backendEnvironment( {
	databaseUrl,
	folder,
}: {
	databaseUrl: string | undefined;
	folder: string;
} ): Promise< NodeJS.ProcessEnv > {
	mkdirSync( folder, { recursive: true, mode: 0o700 } );
	// what the lab itself is told is nothing that the backend knows
	const others = Object.entries( process.env ).filter( ( [ name ] ) => ! name.startsWith( 'EMAIL_GATEWAY_' ) );
	return {
		...Object.fromEntries( others ),
		HOST: '127.0.0.1',
		PORT: `${ labPort( labPath, 'backend' ) }`,
		EMAIL_GATEWAY_DATA_DIR: join( folder, 'data' ),
		EMAIL_GATEWAY_MASTER_KEY_FILE: join( folder, 'master.key' ),
		// The lab's servers live in a private network of this machine.
		EMAIL_GATEWAY_ALLOWED_PRIVATE_RANGES: `${ labNetwork( labPath ).prefix }0/24`,
		// What a domain publishes is asked here: the lab's zones, and nothing outside.
		EMAIL_GATEWAY_DNS_SERVERS: labResolver,
		// The lab's provider has a certificate authority of its own, which the backend's machine trusts.
		NODE_EXTRA_CA_CERTS: await ensureProviderCa(),
		...( databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl } ),
	};
}
