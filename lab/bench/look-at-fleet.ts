// Ours: connects to every server of a file and looks at it, with the product's own code. A process of its own, for
// its processor time is measured: node lab/bench/look-at-fleet.ts FILE AT_ONCE
import { readFileSync } from 'node:fs';
import { connect } from '../../backend/src/ssh/connect.ts';
import { makeManagedKey } from '../../backend/src/ssh/key-pair.ts';
import { look } from '../../backend/src/target/look.ts';
import type { SimulatedServer } from '../fleet/simulated-server.ts';

const [ file = '', atOnce = '1' ] = process.argv.slice( 2 );
const servers = JSON.parse( readFileSync( file, 'utf8' ) ) as SimulatedServer[];
const { privateKey } = makeManagedKey( 'bench' );
const signal = AbortSignal.timeout( 300_000 );
const queue = [ ...servers.entries() ];
let looked = 0;

async function work(): Promise< void > {
	for ( let next = queue.shift(); next; next = queue.shift() ) {
		const [ index, { port, fingerprint } ] = next;
		const remote = await connect(
			{
				...{ host: '127.0.0.1', port, user: 'root', sudoPassword: null, mayReachLocalAddresses: true },
				signIn: { kind: 'key', privateKey, passphrase: null },
				pinnedFingerprint: fingerprint,
			},
			{ signal }
		);
		const { hostname } = await look( remote, { signal } );
		remote.close();
		looked += hostname === `simulated-${ index }` ? 1 : 0;
	}
}

await Promise.all( Array.from( { length: Number( atOnce ) }, work ) );
const { user, system } = process.cpuUsage();
console.log( JSON.stringify( { looked, cpuS: ( user + system ) / 1e6 } ) );
process.exit( 0 );
