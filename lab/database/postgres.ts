import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { labPort } from '../network/addresses.ts';
import { ensureSystemPackages } from '../system/packages.ts';
import { labPath, logPath } from '../system/paths.ts';
import { startProcess } from '../system/processes.ts';
import { run, tryRun, type Log } from '../system/run.ts';
import { waitUntil } from '../wait.ts';
import { databasePassword } from './password.ts';
import { serviceAccount, type ServiceAccount } from './service-folder.ts';

const versionsDir = '/usr/lib/postgresql';
const name = 'email_gateway';

/** Starts a PostgreSQL of this lab's own, on loopback. Returns its DATABASE_URL, which holds the password. */
export async function startPostgres( { log, signal }: { log: Log; signal: AbortSignal } ): Promise< string > {
	const bin = await ensureBinaries( { log, signal } );
	const account = await serviceAccount( 'postgres', 'postgres' );
	const data = join( account.folder, 'data' );
	const password = databasePassword( account );
	if ( ! existsSync( join( data, 'PG_VERSION' ) ) ) {
		await initialise( { bin, data, account, password } );
	}
	const port = `${ labPort( labPath, 'postgres' ) }`;
	const settings = [ '-h', '127.0.0.1', '-p', port, '-k', '' ];
	await startProcess( 'postgres', [ ...account.asUser, join( bin, 'postgres' ), '-D', data, ...settings ], {
		logFile: join( logPath, 'postgres.log' ),
		cwd: '/',
	} );
	const env = { ...process.env, PGHOST: '127.0.0.1', PGPORT: port, PGUSER: name, PGPASSWORD: password };
	const isReady = async () => ( await tryRun( [ join( bin, 'pg_isready' ), '-q' ], { env } ) ).code === 0;
	await waitUntil( 'An answer of PostgreSQL', isReady, { timeoutMs: 30_000, signal } );
	const exists = await run(
		[ join( bin, 'psql' ), '-d', 'postgres', '-Atc', `select 1 from pg_database where datname = '${ name }'` ],
		{ env }
	);
	if ( exists.trim() === '' ) {
		await run( [ join( bin, 'createdb' ), name ], { env } );
	}
	return `postgres://${ name }:${ password }@127.0.0.1:${ port }/${ name }`;
}

async function ensureBinaries( context: { log: Log; signal: AbortSignal } ): Promise< string > {
	if ( newestBinaries() === undefined ) {
		await ensureSystemPackages( [ 'postgresql' ], context );
	}
	const bin = newestBinaries();
	if ( bin === undefined ) {
		throw new Error( `PostgreSQL's programs are not below ${ versionsDir }, where Debian puts them.` );
	}
	return bin;
}

function newestBinaries(): string | undefined {
	const versions = existsSync( versionsDir ) ? readdirSync( versionsDir ) : [];
	return versions
		.sort( ( a, b ) => Number( b ) - Number( a ) )
		.map( ( version ) => join( versionsDir, version, 'bin' ) )
		.find( ( bin ) => existsSync( join( bin, 'initdb' ) ) );
}

async function initialise( {
	bin,
	data,
	account,
	password,
}: {
	bin: string;
	data: string;
	account: ServiceAccount;
	password: string;
} ): Promise< void > {
	const passwordFile = join( account.folder, 'password' );
	// Written by the user who has to read it, and by way of its input: arguments are visible to everybody.
	await run( [ ...account.asUser, 'sh', '-c', 'umask 077; cat > "$1"', 'sh', passwordFile ], {
		input: password,
		cwd: '/',
	} );
	try {
		const options = [ '--auth=scram-sha-256', `--pwfile=${ passwordFile }`, '--encoding=UTF8', '--locale=C.UTF-8' ];
		await run( [ ...account.asUser, join( bin, 'initdb' ), '-D', data, `--username=${ name }`, ...options ], {
			cwd: '/',
		} );
	} finally {
		await rm( passwordFile, { force: true } );
	}
}
