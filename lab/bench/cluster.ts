import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeSiteClient } from '../../backend/test-fixtures/site-client.ts';
import { startPostgres } from '../database/postgres.ts';
import { labPort } from '../network/addresses.ts';
import { ensureProviderCa } from '../provider/start.ts';
import { checkoutPath, labPath, logPath } from '../system/paths.ts';
import { startProcess, stopProcess } from '../system/processes.ts';
import { run } from '../system/run.ts';
import { answers, waitUntil } from '../wait.ts';
import type { Ask } from '../wordpress/rest.ts';
import { askThrough } from './direct.ts';
import type { BenchContext } from './figures.ts';

/** The backend as its operator runs it on one machine: some processes answer, some work, one PostgreSQL. */
export interface Cluster {
	/** A paired site; its requests go to the web processes in turn. */
	ask: Ask;
	/** How often a question had to be asked again. */
	retries(): number;
	/** Memory that the processes hold now, all together. */
	memoryMiB(): Promise< number >;
	/** Processor time that the processes have used, all together. */
	cpuMs(): Promise< number >;
	databaseKiB(): Promise< number >;
	/** One row a line, columns parted by |. */
	query( sql: string ): Promise< string[] >;
	stop(): Promise< void >;
}

const webs = [ 'web-1', 'web-2' ];
const workers = [ 'worker-1', 'worker-2', 'worker-3' ];
/** Of each worker. Jobs mostly wait for their server. */
const jobsAtOnce = 20;

export async function startCluster( context: BenchContext ): Promise< Cluster > {
	const { signal } = context;
	const databaseUrl = await startPostgres( context );
	const folder = join( labPath, 'backend' );
	mkdirSync( folder, { recursive: true, mode: 0o700 } );
	const urls = webs.map( ( name ) => `http://127.0.0.1:${ labPort( labPath, name ) }` );
	const [ audience = '' ] = urls;
	// what the lab itself is told is nothing that the backend knows
	const others = Object.entries( process.env ).filter( ( [ name ] ) => ! name.startsWith( 'EMAIL_GATEWAY_' ) );
	const env = {
		...Object.fromEntries( others ),
		DATABASE_URL: databaseUrl,
		EMAIL_GATEWAY_MASTER_KEY_FILE: join( folder, 'master.key' ),
		EMAIL_GATEWAY_PUBLIC_URL: audience,
		EMAIL_GATEWAY_JOBS_AT_ONCE: `${ jobsAtOnce }`,
		NODE_EXTRA_CA_CERTS: await ensureProviderCa(),
		LOG_LEVEL: 'warn',
	};
	const start = async ( name: string ) => {
		const { pid } = await startProcess( name, [ process.execPath, 'backend/src/main.ts' ], {
			cwd: checkoutPath,
			logFile: join( logPath, `${ name }.log` ),
			env: {
				...env,
				EMAIL_GATEWAY_ROLE: name.split( '-' )[ 0 ],
				EMAIL_GATEWAY_DATA_DIR: join( folder, name ),
				PORT: `${ labPort( labPath, name ) }`,
			},
		} );
		return pid;
	};
	const pids = await Promise.all( [ ...webs, ...workers ].map( start ) );
	const stop = async () => {
		await Promise.all( [ ...webs, ...workers ].map( ( name ) => stopProcess( name ) ) );
	};
	await waitUntil( 'Two web processes', async () => ( await Promise.all( urls.map( ready ) ) ).every( Boolean ), {
		timeoutMs: 240_000,
		signal,
	} ).catch( async ( error: unknown ) => {
		await stop();
		throw error;
	} );
	const client = makeSiteClient( audience );
	const printed = await run( [ process.execPath, 'backend/src/command.ts', 'pair' ], {
		cwd: checkoutPath,
		env: { ...env, EMAIL_GATEWAY_DATA_DIR: join( folder, webs[ 0 ] ?? '' ) },
	} );
	await client.pair( printed.trim().split( ' ' ).at( -1 ) ?? '' );
	let asked = 0;
	let retries = 0;
	return {
		// signed for the one address that a proxy in front of both would have
		ask: askThrough( client, {
			send: ( url ) => url.replace( audience, urls[ ++asked % urls.length ] ?? audience ),
			onRetry: () => void retries++,
		} ),
		retries: () => retries,
		memoryMiB: async () => sum( await Promise.all( pids.map( memoryKiB ) ) ) / 1024,
		cpuMs: async () => sum( await Promise.all( pids.map( processorMs ) ) ),
		databaseKiB: async () =>
			Number( await ask( databaseUrl, 'select pg_database_size( current_database() )' ) ) / 1024,
		query: async ( sql ) => ( await ask( databaseUrl, sql ) ).trim().split( '\n' ),
		stop,
	};
}

const ready = ( url: string ) => answers( `${ url }/ready` );
const sum = ( values: number[] ) => values.reduce( ( total, value ) => total + value, 0 );

/** The most that a process has held. */
async function memoryKiB( pid: number ): Promise< number > {
	return Number( /^VmHWM:\s+(\d+) kB$/m.exec( await readFile( `/proc/${ pid }/status`, 'utf8' ) )?.[ 1 ] );
}

async function processorMs( pid: number ): Promise< number > {
	const stat = await readFile( `/proc/${ pid }/stat`, 'utf8' );
	// the fields after the name, which may hold blanks; in hundredths of a second
	const fields = stat.slice( stat.lastIndexOf( ')' ) + 2 ).split( ' ' );
	return ( Number( fields[ 11 ] ) + Number( fields[ 12 ] ) ) * 10;
}

async function ask( databaseUrl: string, sql: string ): Promise< string > {
	const url = new URL( databaseUrl );
	const env = { ...process.env, PGPASSWORD: url.password };
	url.password = '';
	return run( [ 'psql', url.href, '-Atc', sql ], { env } );
}
