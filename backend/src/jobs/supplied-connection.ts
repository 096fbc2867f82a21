import type { Job } from '../db/jobs.ts';
import { jobConnection } from '../db/places.ts';
import type { SecretStore } from '../db/secrets.ts';
import type { Server } from '../db/servers.ts';
import type { Db } from '../db/tables.ts';
import { Secret } from '../vault/secret.ts';

/** How to reach a server that another plugin keeps, as it was told for one job. */
export interface Supplied {
	host: string;
	sshPort: number;
	sshUser: string;
	privateKey: Secret;
	/** null: the key has none. */
	passphrase: Secret | null;
}

/** Seals it with its job; it goes when the job ends (job-secrets.ts), and is kept nowhere else. */
export async function keepWithJob( secrets: SecretStore, tx: Db, job: Job, supplied: Supplied ): Promise< void > {
	const { privateKey, passphrase, ...place } = supplied;
	const plain = { ...place, privateKey: privateKey.reveal(), passphrase: passphrase?.reveal() ?? null };
	await secrets.save( tx, jobConnection( job ), new Secret( JSON.stringify( plain ) ) );
}

/** What was kept with a job; null where nothing was. */
export async function suppliedFor( secrets: SecretStore, db: Db, job: Job ): Promise< Supplied | null > {
	const sealed = await secrets.read( db, jobConnection( job ) );
	if ( ! sealed ) {
		return null;
	}
	const { privateKey, passphrase, ...place } = JSON.parse( sealed.reveal() );
	return {
		...place,
		privateKey: new Secret( privateKey ),
		passphrase: passphrase === null ? null : new Secret( passphrase ),
	};
}

/** Whether it leads to where this server was trusted. */
export function leadsTo(
	{ host, sshPort, sshUser }: Pick< Supplied, 'host' | 'sshPort' | 'sshUser' >,
	server: Pick< Server, 'host' | 'ssh_port' | 'ssh_user' >
): boolean {
	return server.host === host && server.ssh_port === sshPort && server.ssh_user === sshUser;
}
