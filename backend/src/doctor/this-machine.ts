import { accessSync, constants, existsSync, mkdirSync, statfsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Config } from '../config.ts';
import { operatorSocket } from '../operator-socket-path.ts';
import { fine, problem, warning, type Finding } from './finding.ts';

const oldestNode = 24;
const mib = 1024 * 1024;

/** @param version as `process.version` */
export function checkNode( version: string ): Finding {
	const major = Number( /^v(\d+)\./.exec( version )?.[ 1 ] );
	return major >= oldestNode
		? fine( 'Node', `Node is ${ version }.` )
		: problem(
				'Node',
				`Node is ${ version }, but ${ oldestNode } or newer is needed.`,
				'The Debian package brings its own.'
		  );
}

/** The folder is made where it is missing. */
export function checkDataFolder( { dataDir, role }: Pick< Config, 'dataDir' | 'role' > ): Finding {
	try {
		mkdirSync( dataDir, { recursive: true, mode: 0o700 } );
		accessSync( dataDir, constants.R_OK | constants.W_OK | constants.X_OK );
	} catch ( error ) {
		const { code } = error as NodeJS.ErrnoException;
		return problem(
			'data folder',
			`The data folder ${ dataDir } cannot be written to (${ code }).`,
			'Give the folder to the user of the backend, or set EMAIL_GATEWAY_DATA_DIR to another folder.'
		);
	}
	const path = operatorSocket( dataDir );
	return role !== 'worker' && Buffer.byteLength( path ) > 107
		? problem(
				'data folder',
				`EMAIL_GATEWAY_DATA_DIR: ${ dataDir } is too long a path for the socket in it.`,
				'Choose a path of at most 93 bytes.'
		  )
		: fine( 'data folder', `The data folder is ${ dataDir }.` );
}

/** @param freeBytes of the disk that holds the data folder */
export function checkDisk( dataDir: string, freeBytes = freeOn( dataDir ) ): Finding {
	const free = `${ Math.floor( freeBytes / mib ) } MiB are free where ${ dataDir } is`;
	if ( freeBytes < 50 * mib ) {
		return problem( 'disk', `Only ${ free }.`, 'Free at least 50 MiB, better 1 GiB.' );
	}
	return freeBytes < 1024 * mib
		? warning( 'disk', `Only ${ free }.`, 'Free more space: snapshots and the database grow.' )
		: fine( 'disk', `${ free }.` );
}

function freeOn( folder: string ): number {
	const { bavail, bsize } = statfsSync( folder );
	return bavail * bsize;
}

/**
 * Requests count for some minutes around their time, so that a clock that is wrong shuts every site out.
 * @param now      milliseconds since the epoch
 * @param madeAt   when this release was made: no clock that is right says a time before
 * @param database what the clock of the database says, where it runs elsewhere
 */
export function checkClock( { now, madeAt, database }: { now: number; madeAt: number; database?: number } ): Finding {
	const said = new Date( now ).toISOString();
	const advice = 'Let a time server set the clock: apt install systemd-timesyncd.';
	if ( now < madeAt - 86_400_000 ) {
		return problem( 'clock', `The clock says ${ said }, which is before this release was made.`, advice );
	}
	if ( database !== undefined && Math.abs( now - database ) > 60_000 ) {
		const seconds = Math.round( Math.abs( now - database ) / 1000 );
		return warning( 'clock', `The clocks of this machine and of the database differ by ${ seconds } s.`, advice );
	}
	return fine( 'clock', `The clock says ${ said }.` );
}

/** Whether snapshots can be taken. @param path as PATH: where programs are */
export function checkSnapshots(
	{ databaseUrl, snapshotMinutes }: Pick< Config, 'databaseUrl' | 'snapshotMinutes' >,
	path: string
): Finding {
	if ( ! snapshotMinutes ) {
		return warning(
			'snapshots',
			'No snapshots are taken: EMAIL_GATEWAY_SNAPSHOT_MINUTES is 0.',
			'Have something else back up the database and the key, and see that it can be restored.'
		);
	}
	if ( databaseUrl && ! path.split( delimiter ).some( ( folder ) => existsSync( join( folder, 'pg_dump' ) ) ) ) {
		return warning(
			'snapshots',
			'No snapshots are taken of PostgreSQL, since there is no pg_dump on this machine.',
			'apt-get install postgresql-client, of the release of your PostgreSQL or a newer one.'
		);
	}
	return fine( 'snapshots', `A snapshot is taken every ${ snapshotMinutes } minutes, and at each stop.` );
}
