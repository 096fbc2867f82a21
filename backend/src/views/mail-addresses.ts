import type { MailSettingsView, ResponseOf } from '@email-gateway/shared';
import type { Db } from '../db/tables.ts';
import { addressHash } from '../ledger/address-hash.ts';
import { logsOfSite } from '../ledger/logs.ts';
import { entriesOfAddress, type OfAddress } from '../ledger/one-address.ts';
import { addressFormOf } from '../ledger/address-form.ts';
import { keptDaysOf } from '../ledger/kept-days.ts';
import { isRewriting } from '../ledger/rewrite-addresses.ts';
import type { Vault } from '../vault/vault.ts';
import { View } from './view.ts';

/** How a site keeps addresses, and for how long messages. */
export const mailSettingsView = async ( db: Db, siteId: string ): Promise< View< MailSettingsView > > =>
	new View( {
		addresses: await addressFormOf( db, siteId ),
		keptDays: await keptDaysOf( db, siteId ),
		rewriting: await isRewriting( db, siteId ),
	} );

/** An address in all logs of a site. */
export async function addressOfSite(
	db: Db,
	vault: Vault,
	{ siteId, address }: { siteId: string; address: string }
): Promise< OfAddress & { serverIds: ReadonlyMap< number, number > } > {
	const serverIds = await logsOfSite( db, siteId );
	return { logs: [ ...serverIds.keys() ], serverIds, address, hash: addressHash( vault, siteId ) };
}

/** What is kept of an address, for the person whose it is. */
export async function addressView(
	app: { db: Db; vault: Vault },
	siteId: string,
	{ address, page }: { address: string; page: number }
): Promise< View< ResponseOf< 'readAddress' > > > {
	const of = await addressOfSite( app.db, app.vault, { siteId, address } );
	const { rows, isMore } = await entriesOfAddress( app.db, of, page );
	return new View( {
		isMore,
		entries: rows.map( ( { log, at, as, outcome, reply } ) => ( {
			...{ serverId: of.serverIds.get( log ) ?? 0, at: at.toISOString(), as, outcome, reply },
		} ) ),
	} );
}

export const erasedView = ( erased: ResponseOf< 'eraseAddress' > ): View< ResponseOf< 'eraseAddress' > > =>
	new View( erased );
