import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../backend/src/db/open-database.ts';
import { serverMac } from '../../backend/src/db/genuine.ts';
import { json } from '../../backend/src/db/tables.ts';
import { makeLogger } from '../../backend/src/logger.ts';
import { parseMasterKeys } from '../../backend/src/vault/master-key.ts';
import { makeVault } from '../../backend/src/vault/vault.ts';
import { backendFolder } from '../backend/start.ts';

const outcomes = [ 'accepted', 'accepted', 'accepted', 'accepted', 'waiting', 'refused' ] as const;
const right = {
	...{ running: true, enabled: true, waiting: 0, stuck: 0, kept: 0, oldestS: null, reasons: [], oldWaiting: 0 },
	...{ open: [], differs: [], others: [], room: [], clock: null, phpAround: [] },
};

/** What the backend knows of servers that were looked at and tested, one in twenty of them in some trouble, as its own rows. */
export async function writeServerRows( databaseUrl: string, serverIds: readonly number[] ): Promise< void > {
	const keyFile = join( backendFolder, 'master.key' );
	const vault = makeVault( parseMasterKeys( readFileSync( keyFile, 'utf8' ), keyFile ) );
	const config = {
		...{ databaseUrl, dataDir: join( backendFolder, 'bench' ) },
		...{ snapshotMinutes: 0, snapshotsKept: 0 },
	};
	const { db, close } = await openDatabase( config, { log: makeLogger( { level: 'error' } ), vault } );
	try {
		const { id: siteId } = await db.selectFrom( 'sites' ).select( 'id' ).executeTakeFirstOrThrow();
		const at = new Date().toISOString();
		const rows = serverIds.map( ( serverId, n ) => {
			const guarded = {
				...{ id: randomUUID(), siteId, serverId, host: `203.0.113.${ n % 250 }`, sshPort: 22, sshUser: 'root' },
				...{ signIn: 'managed_key' as const, managedPublicKey: null, setByAdministrator: true },
				mayHaveDefaults: true,
				hostKey: {
					...{ state: 'trusted' as const, fingerprint: `SHA256:${ n }`, seenFingerprint: null },
					...{ algorithm: 'ssh-ed25519', trustedAt: at, trustedBy: 'admin' },
				},
			};
			const stuck = n % 20 === 0 ? 3 : 0;
			const look = { at, system: 'Debian GNU/Linux 12', gateway: 'ours', mail: { ...right, stuck } };
			const test = {
				outcome: outcomes[ n % outcomes.length ],
				at: new Date( Date.now() - n * 60_000 ).toISOString(),
			};
			return {
				...guarded,
				hostKey: json( guarded.hostKey ),
				...{ lastLook: json( look as never ), lastTest: json( test as never ) },
				...{ submittedVersion: 1, installedVersion: 1, mac: serverMac( vault, guarded ) },
			};
		} );
		for ( let from = 0; from < rows.length; from += 500 ) {
			await db
				.insertInto( 'servers' )
				.values( rows.slice( from, from + 500 ) )
				.execute();
		}
	} finally {
		await close();
	}
}
