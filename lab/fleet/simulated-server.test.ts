import { expect, test } from '@jest/globals';
import { bareFacts } from '../../backend/test-fixtures/fake-tools.ts';
import { connect } from '../../backend/src/ssh/connect.ts';
import { makeManagedKey } from '../../backend/src/ssh/key-pair.ts';
import { apply } from '../../backend/src/programs/apply.ts';
import { look } from '../../backend/src/programs/look.ts';
import { desire, type DesireInput } from '../../backend/src/gateway/desired.ts';
import { baseOf } from '../../backend/src/gateway/change.ts';
import { plan } from '../../backend/src/gateway/plan.ts';
import { Secret } from '../../backend/src/vault/secret.ts';
import { startSimulatedServer } from './simulated-server.ts';

const input: DesireInput = {
	settings: {
		...{ smtpServer: 'smtp.example.com', smtpPort: 587, userName: 'user', sendingDomain: 'example.org' },
		...{ note: '', serverHostname: null, rootMail: null, caCertificate: null },
	},
	password: new Secret( 'mail-secret' ),
	rootMail: 'admin@example.org',
	site: { id: 'site', url: 'https://site.example.com', serverId: 1 },
};

test( 'a simulated server is a bare Debian for our own programs, and has a gateway after an apply', async () => {
	const { port, fingerprint, stop } = await startSimulatedServer( 7, 0 );
	const signal = AbortSignal.timeout( 20_000 );
	const remote = await connect(
		{
			...{ host: '127.0.0.1', port, user: 'root', sudoPassword: null, mayReachLocalAddresses: true },
			signIn: { kind: 'key', privateKey: makeManagedKey( 'test' ).privateKey, passphrase: null },
			pinnedFingerprint: fingerprint,
		},
		{ signal }
	);
	try {
		const before = await look( remote, { signal } );
		expect( { ...before, digestKey: null } ).toEqual( {
			...bareFacts,
			...{
				hostname: 'simulated-7',
				fqdn: 'simulated-7.servers.test',
				digestKey: null,
				machine: before.machine,
			},
		} );
		const desired = desire( input, before );
		const steps: string[] = [];
		await apply(
			remote,
			{
				jobId: '0f8fad5b-d9cb-469f-a165-70867728950e',
				desired,
				base: baseOf( before ),
				plan: plan( before, desired ),
			},
			{ signal, cancel: signal, onStep: ( step, phase ) => void steps.push( `${ step } ${ phase }` ) }
		);
		expect( steps.at( -1 ) ).toBe( 'commit finished' );
		const after = await look( remote, { signal } );
		expect( plan( after, desire( input, after ) ) ).toEqual( [] );
	} finally {
		remote.close();
		await stop();
	}
} );
