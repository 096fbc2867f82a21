// Ours over connections that are kept: node lab/bench/kept.ts FILE ROUNDS, a process of its own, for its processor time and
// its memory are measured. Connects to every server of the file, looks at each in turn, tells its parent, and ends.
import { readFileSync } from 'node:fs';
import { connect } from '../../backend/src/ssh/connect.ts';
import { makeManagedKey } from '../../backend/src/ssh/key-pair.ts';
import { look } from '../../backend/src/programs/look.ts';
import type { Remote } from '../../backend/src/ssh/remote.ts';
import type { SimulatedServer } from '../fleet/simulated-server.ts';

export interface Kept {
	looks: number;
	cpuMsALook: number;
	kibAConnection: number;
	/** The same look over a connection of its own. */
	newCpuMsALook: number;
}

const [ file = '', rounds = '1' ] = process.argv.slice( 2 );
const servers = JSON.parse( readFileSync( file, 'utf8' ) ) as SimulatedServer[];
const { privateKey } = makeManagedKey( 'bench' );
const { signal } = new AbortController();
const memoryKiB = () => {
	globalThis.gc?.();
	return process.memoryUsage.rss() / 1024;
};

async function open( { port, fingerprint }: SimulatedServer ): Promise< Remote > {
	const at = { host: '127.0.0.1', port, user: 'root', sudoPassword: null, mayReachLocalAddresses: true };
	const signIn = { kind: 'key', privateKey, passphrase: null } as const;
	return connect( { ...at, signIn, pinnedFingerprint: fingerprint }, { signal } );
}

async function lookOnce( server: SimulatedServer ): Promise< void > {
	const remote = await open( server );
	await look( remote, { signal } );
	remote.close();
}

/** V8 has compiled what it runs often, and grown what it grows once. */
const warm = await open( servers[ 0 ] as SimulatedServer );
for ( let turn = 0; turn < 200; turn++ ) {
	await look( warm, { signal } );
}
warm.close();
const before = memoryKiB();
const remotes: Remote[] = [];
for ( const server of servers ) {
	remotes.push( await open( server ) );
}
const after = memoryKiB();
const used = ( from: NodeJS.CpuUsage ) => {
	const { user, system } = process.cpuUsage( from );
	return ( user + system ) / 1000;
};
const from = process.cpuUsage();
let looks = 0;
for ( let round = 0; round < Number( rounds ); round++ ) {
	for ( const remote of remotes ) {
		const { hostname } = await look( remote, { signal } );
		looks += hostname.startsWith( 'simulated-' ) ? 1 : 0;
	}
}
const keptMs = used( from );
remotes.forEach( ( remote ) => remote.close() );
for ( let turn = 0; turn < 50; turn++ ) {
	await lookOnce( servers[ turn % servers.length ] as SimulatedServer );
}
const fromNew = process.cpuUsage();
for ( const server of servers ) {
	await lookOnce( server );
}
const newMs = used( fromNew );
const told: Kept = {
	looks,
	cpuMsALook: keptMs / looks,
	kibAConnection: ( after - before ) / servers.length,
	newCpuMsALook: newMs / servers.length,
};
process.send?.( told, () => process.exit( 0 ) );
