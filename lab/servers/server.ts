import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { labNetwork, serverLink } from '../network/addresses.ts';
import { ensureBridge, ensureNamespace, removeBridge, removeNamespace } from '../network/bridge.ts';
import { ensureSystemPackages } from '../system/packages.ts';
import { labPath, logPath } from '../system/paths.ts';
import { runningProcess, startProcess, stopProcess } from '../system/processes.ts';
import type { Log } from '../system/run.ts';
import { startPackageCache, waitForPort } from './cache.ts';
import { cgroupPath, clearCgroup } from './cgroup.ts';
import { ensureImage } from './image.ts';
import type { ServerKind } from './kinds.ts';
import { ensureServerKey, makeLayer } from './layer.ts';
import { ensureRecord, listServers, readServer, serverPath, type ServerRecord } from './record.ts';

/** A running lab server and how to sign in to it. */
export type Server = {
	name: string;
	kind: ServerKind;
	host: string;
	sshPort: 22;
	sshUser: 'root';
	/** Absolute path of the private key that opens root, mode 600. */
	keyFile: string;
	/** The password of the user `ops`, who needs it for sudo too; `deploy` has sudo without one. */
	opsPassword: string;
};

export type WantedServer = {
	name: string;
	kind: ServerKind;
	/** Boots with sshd alone, as containers do. */
	withoutSystemd?: boolean;
};

export type ServerContext = {
	log: Log;
	signal?: AbortSignal;
	/** Names that the server's hosts file gives addresses to. */
	hosts: Record< string, string >;
	/** A certificate that the server's system store shall trust. */
	caFile: string;
};

const network = labNetwork( labPath );
const keyFile = join( labPath, 'ssh', 'id_ed25519' );
const processName = ( name: string ) => `server-${ name }`;
const bootTimeoutMs = 240_000;

/** Debian packages that the host needs for its servers. */
export const hostPackages = [
	...[ 'debootstrap', 'debian-archive-keyring', 'systemd-container', 'apt-cacher-ng' ],
	...[ 'nftables', 'iproute2', 'openssh-client', 'openssl' ],
];

/**
 * Prepares this machine for servers: packages, the network that only they attach to, the package cache on it.
 *
 * @return the host's address on that network, and the cache's as an http proxy
 */
export async function ensureServerNetwork( options: {
	log: Log;
	signal?: AbortSignal;
} ): Promise< { hostAddress: string; proxy: string } > {
	await ensureSystemPackages( hostPackages, options );
	await ensureBridge( network );
	const proxy = await startPackageCache( network.hostAddress );
	return { hostAddress: network.hostAddress, proxy };
}

/**
 * Starts a server, making it from the image of its kind the first time; a running one is left alone.
 * It goes on running when this process ends, and keeps its data when it is stopped.
 */
export async function startServer(
	wanted: WantedServer,
	{ log, signal, hosts, caFile }: ServerContext
): Promise< Server > {
	const { proxy } = await ensureServerNetwork( { log, signal } );
	const record = ensureRecord( wanted.name, wanted.kind );
	const link = linkOf( record );
	if ( ! ( await runningProcess( processName( record.name ) ) ) ) {
		const image = await ensureImage( record.kind, { proxy, log, signal } );
		const folder = serverPath( record.name );
		if ( ! existsSync( join( folder, 'prepared' ) ) ) {
			const publicKey = await ensureServerKey( keyFile );
			await makeLayer( folder, { ...record, nameserver: network.hostAddress, publicKey, proxy, hosts, caFile } );
		}
		const mark = join( folder, 'without-systemd' );
		if ( wanted.withoutSystemd ) {
			writeFileSync( mark, '' );
		} else {
			rmSync( mark, { force: true } );
		}
		await boot( record, relative( folder, image ) );
	}
	await waitForPort( link.address, 22, bootTimeoutMs, signal );
	return describe( record );
}

/** Shuts a server down as its power button would, and keeps its data. */
export function stopServer( name: string ): Promise< void > {
	return end( name, { graceMs: 25_000 } );
}

/** Ends a server as a power cut would, and keeps its data. */
export async function killServer( name: string ): Promise< void > {
	const record = readServer( name );
	if ( record ) {
		await clearCgroup( cgroupPath( linkOf( record ).namespace ) );
	}
	await end( name, { graceMs: 0 } );
}

/** Makes a server as new: what was done to it is gone, its name, address and passwords stay, its host keys do not. */
export async function resetServer( server: WantedServer, context: ServerContext ): Promise< Server > {
	await killServer( server.name );
	rmSync( join( serverPath( server.name ), 'prepared' ), { force: true } );
	return startServer( server, context );
}

/** Deletes a stopped server's data. */
export async function deleteServer( name: string ): Promise< void > {
	await killServer( name );
	rmSync( serverPath( name ), { recursive: true, force: true } );
}

/** Stops all servers of this lab, then what they needed from this machine: package cache, network. */
export async function stopServers(): Promise< void > {
	await Promise.all( listServers().map( ( { name } ) => stopServer( name ) ) );
	await stopProcess( 'apt-cache' );
	await removeBridge( network );
}

/** @return how often the server was started or rebooted since it was made */
export function bootCount( name: string ): number {
	const path = join( serverPath( name ), 'boots' );
	return existsSync( path ) ? readFileSync( path, 'utf8' ).split( '\n' ).length - 1 : 0;
}

/** @return how to reach a server of this lab, running or not */
export function describeServer( name: string ): Server | undefined {
	const record = readServer( name );
	return record && describe( record );
}

/** @return the server's network namespace and address */
export function linkOf( { name, index }: ServerRecord ) {
	return serverLink( network, name, index );
}

async function boot( record: ServerRecord, image: string ) {
	const link = linkOf( record );
	const cgroup = cgroupPath( link.namespace );
	await clearCgroup( cgroup );
	await ensureNamespace( network, link );
	const supervisor = join( import.meta.dirname, 'supervise.sh' );
	await startProcess(
		processName( record.name ),
		[
			...[ 'unshare', '--mount', '--propagation', 'private', 'sh', supervisor ],
			...[ serverPath( record.name ), image, cgroup, link.namespace, record.name ],
		],
		{ logFile: join( logPath, `server-${ record.name }.log` ) }
	);
}

async function end( name: string, options: { graceMs: number } ) {
	const record = readServer( name );
	await stopProcess( processName( name ), options );
	if ( record ) {
		const link = linkOf( record );
		await clearCgroup( cgroupPath( link.namespace ) );
		await removeNamespace( link );
	}
}

function describe( record: ServerRecord ): Server {
	const { name, kind, opsPassword } = record;
	return { name, kind, host: linkOf( record ).address, sshPort: 22, sshUser: 'root', keyFile, opsPassword };
}
