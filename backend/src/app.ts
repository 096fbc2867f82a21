import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import { openDatabase } from './db/open-database.ts';
import { inspect, isOfAnotherKey } from './db/inspect.ts';
import { makeSecretStore, type SecretStore } from './db/secrets.ts';
import { checkKeyFits } from './doctor/database.ts';
import type { Db } from './db/tables.ts';
import { makeQueue, type Queue } from './jobs/queue.ts';
import { realTools, type Tools } from './jobs/tools.ts';
import { makeLogger, type Logger } from './logger.ts';
import { isKeyBesideData, readMasterKeys } from './vault/master-key.ts';
import { makeVault, type Vault } from './vault/vault.ts';

/** What everything needs, made once. */
export interface App {
	config: Config;
	log: Logger;
	database: Database;
	db: Db;
	vault: Vault;
	secrets: SecretStore;
	queue: Queue;
	/** What reaches servers; the door only uses `makeManagedKey`, `refuseUnreadable` and `findSettings`. */
	tools: Tools;
	/** Whether our master key opens what is in the database; where it does not, nothing can be done. */
	keyFits: boolean;
	/** URL that sites sign for, without a trailing slash. */
	audience: string;
	close(): Promise< void >;
}

/** Makes the parts in the order in which they need each other. Errors: an Error in one sentence for the person who starts it. */
export async function makeApp(
	config: Config,
	{ tools = realTools, log = makeLogger( { level: config.logLevel } ) }: { tools?: Tools; log?: Logger } = {}
): Promise< App > {
	const vault = makeVault( readMasterKeys( config ) );
	if ( isKeyBesideData( config ) ) {
		log.warn(
			{ dataDir: config.dataDir },
			'the master key lies beside the data folder: a copy of the folder above gives both away; set EMAIL_GATEWAY_MASTER_KEY_FILE to another place'
		);
	}
	const database = await openDatabase( config, { log, vault } );
	try {
		const inspection = await inspect( database.db, vault );
		const fit = checkKeyFits( inspection );
		if ( fit.state !== 'fine' ) {
			log.error( { advice: fit.advice }, fit.told );
		}
		const queue = await makeQueue( database, { log, supervise: config.role !== 'web' } );
		return {
			config,
			log,
			database,
			db: database.db,
			vault,
			secrets: makeSecretStore( vault ),
			queue,
			tools,
			keyFits: ! isOfAnotherKey( inspection ),
			audience:
				config.publicUrl ??
				`http://${ config.host.includes( ':' ) ? `[${ config.host }]` : config.host }:${ config.port }`,
			close: async () => {
				await queue.stop();
				await database.close();
			},
		};
	} catch ( error ) {
		await database.close();
		throw error;
	}
}
