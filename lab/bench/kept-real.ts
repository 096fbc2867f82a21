import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isFailure } from '../../backend/src/errors.ts';
import { connect } from '../../backend/src/ssh/connect.ts';
import { look } from '../../backend/src/programs/look.ts';
import type { Remote } from '../../backend/src/ssh/remote.ts';
import type { SshTarget } from '../../backend/src/ssh/target.ts';
import { Secret } from '../../backend/src/vault/secret.ts';
import { ensureProviderCa } from '../provider/start.ts';
import { cgroupPath } from '../servers/cgroup.ts';
import { readServer } from '../servers/record.ts';
import { ensureServerNetwork, linkOf, startServer, stopServer, type Server } from '../servers/server.ts';
import { quantile, type BenchContext, type Figures } from './figures.ts';

const looks = 40;

/** What a look costs a real Debian 12, in its own processor time, over a connection that is kept and over new ones. */
export async function keptOnRealServer( { log, signal }: BenchContext ): Promise< { kept: Figures; fresh: Figures } > {
	log( 'Starting a server …' );
	await ensureServerNetwork( { log, signal } );
	const own = { log, signal, hosts: {}, caFile: await ensureProviderCa() };
	const server = await startServer( { name: 'kept', kind: 'debian12' }, own );
	const target = await targetOf( server, signal );
	const once = async ( remote: Remote ) => void ( await look( remote, { signal } ) );
	const fresh = async () => {
		const remote = await connect( target, { signal } );
		await once( remote );
		remote.close();
	};
	const kept = await connect( target, { signal } );
	try {
		await once( kept );
		await fresh();
		return {
			kept: await measure( server.name, () => once( kept ) ),
			fresh: await measure( server.name, fresh ),
		};
	} finally {
		kept.close();
		await stopServer( server.name );
	}
}

async function measure( name: string, act: () => Promise< void > ): Promise< Figures > {
	const times: number[] = [];
	const before = await serverCpuMs( name );
	for ( let turn = 0; turn < looks; turn++ ) {
		const from = performance.now();
		await act();
		times.push( performance.now() - from );
	}
	// sessions end a moment after their connections
	await pause( 2000 );
	const cpuMs = ( await serverCpuMs( name ) ) - before;
	return { serverCpuMsALook: cpuMs / looks, lookP50Ms: quantile( times, 0.5 ), looks };
}

/** Of all processes of the server. */
async function serverCpuMs( name: string ): Promise< number > {
	const record = readServer( name );
	if ( ! record ) {
		throw new Error( `There is no server ${ name }.` );
	}
	const stat = await readFile( join( cgroupPath( linkOf( record ).namespace ), 'cpu.stat' ), 'utf8' );
	return Number( /^usage_usec (\d+)/m.exec( stat )?.[ 1 ] ) / 1000;
}

/** Trusts the key that the server shows. */
async function targetOf( { host, sshPort, sshUser, keyFile }: Server, signal: AbortSignal ): Promise< SshTarget > {
	const unknown: SshTarget = {
		...{ host, port: sshPort, user: sshUser, sudoPassword: null, mayReachLocalAddresses: true },
		signIn: { kind: 'key', privateKey: new Secret( readFileSync( keyFile, 'utf8' ) ), passphrase: null },
		pinnedFingerprint: null,
	};
	const seen = await connect( unknown, { signal } ).catch( ( error: unknown ) => error );
	if ( ! isFailure( seen, 'host_key_unknown' ) ) {
		throw seen;
	}
	return { ...unknown, pinnedFingerprint: seen.detail.fingerprint };
}
