import type { Job } from '../db/jobs.ts';
import { jobConnection, lentConnection } from '../db/places.ts';
import type { SecretStore } from '../db/secrets.ts';
import type { Server } from '../db/servers.ts';
import type { Db } from '../db/tables.ts';
import type { Supplied } from '../servers/address.ts';
import { Secret } from '../vault/secret.ts';
import type { Place } from '../vault/vault.ts';

const textOf = ( { privateKey, passphrase, ...place }: Supplied ): Secret =>
	new Secret(
		JSON.stringify( { ...place, privateKey: privateKey.reveal(), passphrase: passphrase?.reveal() ?? null } )
	);

/** Seals it with its job; it goes when the job ends (job-secrets.ts), and is kept nowhere else. */
export async function keepWithJob( secrets: SecretStore, tx: Db, job: Job, supplied: Supplied ): Promise< void > {
	await secrets.save( tx, jobConnection( job ), textOf( supplied ) );
}

/** What was kept with a job; null where nothing was. */
export async function suppliedFor( secrets: SecretStore, db: Db, job: Job ): Promise< Supplied | null > {
	return read( secrets, db, jobConnection( job ) );
}

/** Seals it with its server, for looks; whoever calls it says until when. */
export async function keepForLooks(
	secrets: SecretStore,
	tx: Db,
	server: Server,
	supplied: Supplied
): Promise< void > {
	await secrets.save( tx, lentConnection( server ), textOf( supplied ) );
}

/** What was lent for looks at a server; null where nothing is. */
export const lentFor = ( secrets: SecretStore, db: Db, server: Server ): Promise< Supplied | null > =>
	read( secrets, db, lentConnection( server ) );

async function read( secrets: SecretStore, db: Db, from: Place ): Promise< Supplied | null > {
	const sealed = await secrets.read( db, from );
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
