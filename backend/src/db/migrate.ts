import { Migrator } from 'kysely/migration';
import * as first from './migrations/0001-first.ts';
import * as auditOfAServer from './migrations/0002-audit-of-a-server.ts';
import * as includedGateway from './migrations/0003-included-gateway.ts';
import type { Db } from './tables.ts';

/** In the order in which they are applied; a name that was released never changes. */
export const migrations = {
	'0001-first': first,
	'0002-audit-of-a-server': auditOfAServer,
	'0003-included-gateway': includedGateway,
};

/** Brings the tables to the newest form. Two processes at once wait for each other. */
export async function migrate( db: Db ): Promise< void > {
	const migrator = new Migrator( { db, provider: { getMigrations: async () => migrations } } );
	const { error } = await migrator.migrateToLatest();
	if ( error ) {
		throw error;
	}
}
