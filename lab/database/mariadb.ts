import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureSystemPackages } from '../system/packages.ts';
import { logPath } from '../system/paths.ts';
import { startProcess } from '../system/processes.ts';
import { run, tryRun, type Log } from '../system/run.ts';
import { waitUntil } from '../wait.ts';
import type { WordPressDatabase } from '../wordpress/wp-config.ts';
import { databasePassword } from './password.ts';
import { serviceAccount } from './service-folder.ts';

const name = 'wordpress';
const server = '/usr/sbin/mariadbd';

/** Starts a MariaDB of this lab's own, on a socket only, with a database for WordPress in it. */
export async function startMariadb( { log, signal }: { log: Log; signal: AbortSignal } ): Promise< WordPressDatabase > {
	if ( ! existsSync( server ) ) {
		await ensureSystemPackages( [ 'mariadb-server' ], { log, signal } );
	}
	const account = await serviceAccount( 'mariadb', 'mysql' );
	const { folder, asUser } = account;
	const [ data, socket ] = [ join( folder, 'data' ), join( folder, 'socket' ) ];
	if ( ! existsSync( join( data, 'mysql' ) ) ) {
		await initialise( data, asUser );
	}
	const settings = [
		`--datadir=${ data }`,
		`--socket=${ socket }`,
		`--pid-file=${ join( folder, 'pid' ) }`,
		'--skip-networking',
		'--innodb-buffer-pool-size=32M',
	];
	await startProcess( 'mariadb', [ ...asUser, server, '--no-defaults', ...settings ], {
		logFile: join( logPath, 'mariadb.log' ),
		cwd: '/',
	} );
	const client = [ 'mariadb', '--no-defaults', `--socket=${ socket }`, `--user=${ await currentUser() }`, '--batch' ];
	const isReady = async () => ( await tryRun( [ ...client, '-e', 'select 1' ] ) ).code === 0;
	await waitUntil( 'An answer of MariaDB', isReady, { timeoutMs: 60_000, signal } );
	const password = databasePassword( account );
	await run( client, { input: createDatabase( password ) } );
	return { kind: 'mariadb', socket, name, user: name, password };
}

/** Who started the lab becomes the database's administrator, known by the socket, without a password. */
async function initialise( data: string, asUser: string[] ): Promise< void > {
	const admin = `--auth-root-socket-user=${ await currentUser() }`;
	await run( [ ...asUser, 'mariadb-install-db', '--no-defaults', `--datadir=${ data }`, '--skip-test-db', admin ], {
		cwd: '/',
	} );
}

async function currentUser(): Promise< string > {
	return ( await run( [ 'id', '-un' ] ) ).trim();
}

function createDatabase( password: string ): string {
	return [
		`CREATE DATABASE IF NOT EXISTS ${ name } CHARACTER SET utf8mb4;`,
		`CREATE USER IF NOT EXISTS '${ name }'@'localhost' IDENTIFIED BY '${ password }';`,
		`ALTER USER '${ name }'@'localhost' IDENTIFIED BY '${ password }';`,
		`GRANT ALL ON ${ name }.* TO '${ name }'@'localhost';`,
		'',
	].join( '\n' );
}
