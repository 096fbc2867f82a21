import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { openAccounts, type Accounts } from './accounts.ts';
import { readCertificate, type CertificateKind } from './certificates.ts';
import type { Faults } from './faults.ts';
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
	/** Where the servers' resolver listens, on port 53, if there are servers. */
	resolverAddress?: string;
};

export type RunningProvider = {
	inboxUrl: string;
	accounts: Accounts;
	messages: Messages;
	stop: () => Promise< void >;
};

/** Runs the mail provider inside this process: its SMTP ports and its inbox. */
export async function runProvider( { name, folder, smtp, inboxPort }: ProviderConfig ): Promise< RunningProvider > {
	const accounts = openAccounts( join( folder, 'accounts.json' ) );
	const messages = openMessages( join( folder, 'messages' ) );
	let faults: Faults = {};
	let certificate: CertificateKind = 'good';
	const ports = providerPorts(
		{
			name,
			accounts,
			messages,
			faults: () => faults,
			certificate: () => readCertificate( join( folder, 'tls' ), certificate ),
		},
		smtp
	);
	await ports.open();
	const app = inboxApp( {
		accounts,
		messages,
		getFaults: () => faults,
		async setFaults( wanted ) {
			faults = wanted;
			await ( faults.down ? ports.close() : ports.open() );
		},
		async setCertificate( kind ) {
			certificate = kind;
			if ( ! faults.down ) {
				await ports.reopen();
			}
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
			await ports.close();
		},
	};
}
