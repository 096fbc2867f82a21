import type { MailAddressForm } from '@email-gateway/shared';
import { sql } from 'kysely';
import { json, type Db } from '../db/tables.ts';
import { shortReasons } from './addresses.ts';

/** How a site keeps addresses. */
export async function addressFormOf( db: Db, siteId: string ): Promise< MailAddressForm > {
	const row = await db
		.selectFrom( 'mailSettings' )
		.select( 'addresses' )
		.where( 'siteId', '=', siteId )
		.executeTakeFirst();
	return row?.addresses ?? 'whole';
}

/** From here on the logs of a site are written so; what lies in them is rewritten by `rewriteAddresses`. */
export async function keepAddressesAs( tx: Db, siteId: string, addresses: MailAddressForm ): Promise< void > {
	await tx
		.insertInto( 'mailSettings' )
		.values( { siteId, addresses } )
		.onConflict( ( conflict ) => conflict.column( 'siteId' ).doUpdateSet( { addresses } ) )
		.execute();
	await tx
		.updateTable( 'mailLogs' )
		// nothing brings back what was shortened
		.set( { addresses, rewriteAfter: addresses === 'whole' ? null : '' } )
		.where( 'server', 'in', tx.selectFrom( 'servers' ).select( 'id' ).where( 'siteId', '=', siteId ) )
		.where( 'addresses', '<>', addresses )
		.execute();
	await shortenLooks( tx, siteId, addresses );
}

/** What was seen last of servers that nobody can look at again soon. */
async function shortenLooks( tx: Db, siteId: string, form: MailAddressForm ): Promise< void > {
	const rows = await tx
		.selectFrom( 'servers' )
		.select( [ 'id', 'lastLook' ] )
		.where( 'siteId', '=', siteId )
		.where( sql< boolean >`last_look->'mail'->>'reasons' like '%@%'` )
		.execute();
	for ( const { id, lastLook } of form === 'whole' ? [] : rows ) {
		if ( lastLook?.mail ) {
			const mail = { ...lastLook.mail, reasons: shortReasons( lastLook.mail.reasons, form ) };
			const seen = json( { ...lastLook, mail } );
			await tx.updateTable( 'servers' ).set( { lastLook: seen } ).where( 'id', '=', id ).execute();
		}
	}
}
