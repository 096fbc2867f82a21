import { randomUUID } from 'node:crypto';
import { baseOf } from '../../backend/src/gateway/change.ts';
import { desire } from '../../backend/src/gateway/desired.ts';
import type { Facts } from '../../backend/src/gateway/facts.ts';
import { plan } from '../../backend/src/gateway/plan.ts';
import type { Rules } from '../../backend/src/gateway/rules.ts';
import { apply } from '../../backend/src/programs/apply.ts';
import { look } from '../../backend/src/programs/look.ts';
import { connectTo, type TestServer } from '../../backend/src/ssh/test-servers.ts';
import { Secret } from '../../backend/src/vault/secret.ts';
import type { Server } from '../servers/server.ts';
import type { Machines } from './machines.ts';

/** As the product's own programs reach it. */
export const serverOf = ( { name, host, sshPort, keyFile }: Server ): TestServer => ( {
	...{ name, kind: 'debian12', host, sshPort, sshUser: 'root', keyFile },
} );

/** A gateway with the provider's own account, and these rules. */
export const desiredWith = ( { provider }: Machines, rules: Rules, facts: Facts ) =>
	desire(
		{
			settings: {
				...{ smtpServer: provider.host, smtpPort: provider.port, userName: provider.user, note: '' },
				...{ sendingDomain: 'example.org', serverHostname: null, rootMail: null, caCertificate: null },
			},
			password: new Secret( provider.password ),
			rootMail: 'admin@example.org',
			site: { id: 'bench', url: 'https://example.org', serverId: 1 },
			rules,
		},
		facts
	);

/** Installs it, without the backend. */
export async function installWith(
	machines: Machines,
	{ server, rules }: { server: Server; rules: Rules },
	signal: AbortSignal
): Promise< void > {
	const remote = await connectTo( serverOf( server ), signal );
	const facts = await look( remote, { signal } );
	const desired = desiredWith( machines, rules, facts );
	const change = { jobId: randomUUID(), desired, base: baseOf( facts ), plan: plan( facts, desired ) };
	const never = new AbortController().signal;
	await apply( remote, change, { signal, cancel: never, onStep: () => {}, onSign: () => {} } );
	remote.close();
}
