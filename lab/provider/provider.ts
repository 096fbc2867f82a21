import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { startResolver, type ListenForDns } from '../network/resolver.ts';
import { labZones } from '../network/zones.ts';
import { openAccounts, type Accounts } from './accounts.ts';
import { readCertificate, type CertificateKind } from './certificates.ts';
import { startAutoconfig } from './autoconfig.ts';
import { makeCounter } from './counts.ts';
import type { Faults } from './faults.ts';
import { makeGreylist } from './greylist.ts';
import { inboxApp } from './inbox.ts';
import { openMessages, type Messages } from './messages.ts';
import { providerPorts, type ListenAt } from './ports.ts';

export type ProviderConfig = {
	/** The host name it greets with. */
	name: string;
	/** Holds tls/, accounts.json and messages/. */
	folder: string;
	smtp: ListenAt;
	/** On 127.0.0.1; 0 lets the system choose. */
	inboxPort: number;
	/** Where the resolver of the servers and the backend listens. */
	dns?: ListenForDns[];
	/** Where mail domains tell their settings, on port 443; only where there are servers. */
	webAddress?: string;
};

export type RunningProvider = {
	inboxUrl: string;
	accounts: Accounts;
	messages: Messages;
	stop: () => Promise< void >;
};

/** Runs the mail provider inside this process: its SMTP ports, its inbox, and the DNS that knows it. */
export async function runProvider( config: ProviderConfig ): Promise< RunningProvider > {
	const { name, folder, smtp, inboxPort, dns = [], webAddress } = config;
	const tls = join( folder, 'tls' );
	const accounts = openAccounts( join( folder, 'accounts.json' ) );
	const messages = openMessages( join( folder, 'messages' ) );
	const counter = makeCounter();
	let faults: Faults = {};
	let certificate: CertificateKind = 'good';
	const ports = providerPorts(
		{
			name,
			accounts,
			messages,
			counter,
			faults: () => faults,
			greylist: makeGreylist(),
			certificate: () => readCertificate( tls, certificate ),
		},
		smtp
	);
	await ports.open();
	const resolver = switched( () => startResolver( dns, labZones( name, { mail: smtp.address, web: webAddress } ) ) );
	await resolver.turn( 'on' );
	const web =
		webAddress === undefined
			? undefined
			: await startAutoconfig(
					{ address: webAddress, port: 443 },
					{ provider: name, certificate: readCertificate( tls, 'web' ) }
			  );
	const app = inboxApp( {
		accounts,
		messages,
		counter,
		getFaults: () => faults,
		async setFaults( wanted ) {
			faults = wanted;
			// What was said on an open connection was said before: all of them end here.
			await ports.reopen();
			await resolver.turn( faults.resolverDown ? 'off' : 'on' );
		},
		async setCertificate( kind ) {
			certificate = kind;
			await ports.reopen();
		},
	} );
	const inbox = createServer( app ).listen( inboxPort, '127.0.0.1' );
	await once( inbox, 'listening' );
	const bound = inbox.address();
	return {
		inboxUrl: `http://127.0.0.1:${ typeof bound === 'object' ? bound?.port : inboxPort }`,
		accounts,
		messages,
		async stop() {
			inbox.close();
			inbox.closeAllConnections();
			web?.close();
			await resolver.turn( 'off' );
			await ports.close();
		},
	};
}

/** Something that runs or does not. */
function switched( start: () => Promise< { close: () => void } > ) {
	let running: { close: () => void } | undefined;
	return {
		async turn( wanted: 'on' | 'off' ) {
			if ( wanted === 'on' ) {
				running ??= await start();
				return;
			}
			running?.close();
			running = undefined;
		},
	};
}
