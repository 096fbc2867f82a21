// Ours: looks at every server of a file, at each message anew, with the product's own code. A process of its own, for
// its processor time is measured: fork of lab/bench/look-at-fleet.ts FILE AT_ONCE
import { readFileSync } from 'node:fs';
import { connect } from '../../backend/src/ssh/connect.ts';
import { makeManagedKey } from '../../backend/src/ssh/key-pair.ts';
import { look } from '../../backend/src/programs/look.ts';
import type { SimulatedServer } from '../fleet/simulated-server.ts';

const [ file = '', atOnce = '1' ] = process.argv.slice( 2 );
const servers = JSON.parse( readFileSync( file, 'utf8' ) ) as SimulatedServer[];
const { privateKey } = makeManagedKey( 'bench' );
let before = { user: 0, system: 0 };

/** Tells how many servers told their own name, and the processor time since the last time. */
function tell( looked: number ): void {
	const { user, system } = process.cpuUsage( before );
	before = process.cpuUsage();
	process.send?.( { looked, cpuS: ( user + system ) / 1e6 } );
}

async function lookAtAll(): Promise< void > {
	const queue = [ ...servers.entries() ];
	let looked = 0;
	const work = async () => {
		for ( let next = queue.shift(); next; next = queue.shift() ) {
			const [ index, { port, fingerprint } ] = next;
			// each job has a signal of its own
			const { signal } = new AbortController();
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
	};
	await Promise.all( Array.from( { length: Number( atOnce ) }, work ) );
	tell( looked );
}

process.on( 'message', () => void lookAtAll() );
tell( 0 );
