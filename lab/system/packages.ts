import { chmodSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { CommandError, run, tryRun, type Log } from './run.ts';

const policyPath = '/usr/sbin/policy-rc.d';
const savedPolicyPath = `${ policyPath }.before-lab`;

/** True where ensureSystemPackages can work: root on a system with apt. */
export function canInstallSystemPackages(): boolean {
	return process.getuid?.() === 0 && existsSync( '/usr/bin/apt-get' );
}

/**
 * Installs those of the Debian packages that are missing, with the machine's own apt configuration.
 * No daemon is started by it: several packages would listen on all interfaces. Start what is needed yourself.
 *
 * @param names   Debian package names
 * @param options log: told what will be installed, before it is
 * @throws CommandError when apt cannot install them
 */
export async function ensureSystemPackages(
	names: readonly string[],
	{ log, signal }: { log: Log; signal?: AbortSignal }
): Promise< void > {
	const missing = await missingPackages( names );
	if ( missing.length === 0 ) {
		return;
	}
	if ( ! canInstallSystemPackages() ) {
		throw new Error(
			`Missing on this machine: ${ missing.join( ' ' ) }. Only root on Debian can have them installed by the lab.`
		);
	}
	log( `Installing system packages: ${ missing.join( ' ' ) }` );
	const restorePolicy = denyDaemonStarts();
	try {
		await install( missing, signal );
	} catch ( error ) {
		if ( ! ( error instanceof CommandError ) ) {
			throw error;
		}
		// The package lists are missing or older than the mirror: fetch them, then try once more.
		await apt( [ 'update' ], signal );
		await install( missing, signal );
	} finally {
		restorePolicy();
	}
}

/** @return those of the packages that are not completely installed */
export async function missingPackages( names: readonly string[] ): Promise< string[] > {
	const { stdout } = await tryRun( [ 'dpkg-query', '-W', '-f=${Package} ${db:Status-Status}\\n', ...names ] );
	const installed = new Set(
		stdout
			.split( '\n' )
			.filter( ( line ) => line.endsWith( ' installed' ) )
			.map( ( line ) => line.split( ' ' )[ 0 ] )
	);
	return names.filter( ( name ) => ! installed.has( name ) );
}

function install( names: readonly string[], signal?: AbortSignal ) {
	return apt( [ 'install', '-y', '--no-install-recommends', ...names ], signal );
}

function apt( args: readonly string[], signal?: AbortSignal ) {
	return run( [ 'apt-get', '-q', '-o', 'DPkg::Lock::Timeout=300', ...args ], {
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		signal,
	} );
}

/**
 * Puts a policy-rc.d in place that forbids daemon starts only as long as this process lives,
 * so that even a kill -9 leaves nothing that matters.
 */
function denyDaemonStarts(): () => void {
	const hadPolicy = existsSync( policyPath ) && ! existsSync( savedPolicyPath );
	if ( hadPolicy ) {
		renameSync( policyPath, savedPolicyPath );
	}
	writeFileSync(
		policyPath,
		`#!/bin/sh\n# Temporary: while packages for a lab are installed.\n[ -d /proc/${ process.pid } ] && exit 101\nexit 0\n`
	);
	chmodSync( policyPath, 0o755 );
	const restore = () => {
		rmSync( policyPath, { force: true } );
		if ( existsSync( savedPolicyPath ) ) {
			renameSync( savedPolicyPath, policyPath );
		}
	};
	process.once( 'exit', restore );
	return () => {
		process.off( 'exit', restore );
		restore();
	};
}
