import type { Server } from '../db/servers.ts';
import type { Secret } from '../vault/secret.ts';

/** Where a server is, and as whom it is signed in to. */
export interface Place {
	host: string;
	sshPort: number;
	sshUser: string;
}

/** How to reach a server that another plugin keeps, as it was told for one job. */
export interface Supplied extends Place {
	privateKey: Secret;
	/** null: the key has none. */
	passphrase: Secret | null;
}

/** Whether it leads to where this server was trusted. */
export function leadsTo(
	{ host, sshPort, sshUser }: Place,
	server: Pick< Server, 'host' | 'sshPort' | 'sshUser' >
): boolean {
	return server.host === host && server.sshPort === sshPort && server.sshUser === sshUser;
}
