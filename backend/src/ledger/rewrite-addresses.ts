import { sql } from 'kysely';
import type { Db } from '../db/tables.ts';
import { keptMail } from './kept-addresses.ts';
import { withRoutes } from './routes.ts';
import { mailsOf } from './rows.ts';
import type { Hash } from './addresses.ts';

/** Rows that one run rewrites at most: the rest waits for the next one, a minute later. */
const atOnce = 20_000;
const piece = 2000;

/** Whether rows of a site are still to be rewritten. */
export async function isRewriting( db: Db, siteId: string ): Promise< boolean > {
	const row = await db
		.selectFrom( 'mailLogs' )
		.select( 'mailLogs.id' )
		.innerJoin( 'servers', 'servers.id', 'mailLogs.server' )
		.where( 'servers.siteId', '=', siteId )
		.where( 'rewriteAfter', 'is not', null )
		.limit( 1 )
		.executeTakeFirst();
	return row !== undefined;
}

/** Rewrites a bounded number of rows whose addresses are not yet as their log keeps them. */
export async function rewriteAddresses( db: Db, hashOfSite: ( siteId: string ) => Hash ): Promise< void > {
	for ( let left = atOnce; left > 0; left -= piece ) {
		if ( ! ( await db.transaction().execute( ( tx ) => rewritePiece( tx, hashOfSite ) ) ) ) {
			return;
		}
	}
}

/** The next messages of one log, in the order of their ids. False where nothing is left. */
async function rewritePiece( tx: Db, hashOfSite: ( siteId: string ) => Hash ): Promise< boolean > {
	const log = await tx
		.selectFrom( 'mailLogs' )
		.innerJoin( 'servers', 'servers.id', 'mailLogs.server' )
		.select( [ 'mailLogs.id', 'mailLogs.server', 'addresses', 'rewriteAfter', 'siteId' ] )
		.where( 'rewriteAfter', 'is not', null )
		.orderBy( 'mailLogs.id' )
		.limit( 1 )
		.forUpdate( 'mailLogs' )
		.executeTakeFirst();
	if ( ! log ) {
		return false;
	}
	const ids = await tx
		.selectFrom( 'mails' )
		.select( 'queueId' )
		.distinct()
		.where( 'log', '=', log.id )
		.where( 'queueId', '>', log.rewriteAfter ?? '' )
		.orderBy( 'queueId' )
		.limit( piece )
		.execute();
	// they are told anew with the next message
	await sql`delete from unlisted_senders where server = ${ log.server } and sender not like '@%'`.execute( tx );
	const last = ids.at( -1 )?.queueId ?? null;
	if ( last !== null ) {
		const rows = await withRoutes( tx )
			.where( 'log', '=', log.id )
			.where( 'queueId', '>', log.rewriteAfter ?? '' )
			.where( 'queueId', '<=', last )
			.execute();
		const keeping = { form: log.addresses, hash: hashOfSite( log.siteId ) };
		const changed = [ ...mailsOf( rows ).values() ].flatMap( ( mail ) => {
			const { queueId, sender, recipients } = keptMail( mail, keeping );
			return recipients.map( ( { recipient, reply }, n ) => ( {
				queue_id: queueId,
				n,
				sender,
				recipient,
				reply,
			} ) );
		} );
		await sql`
			update mails set sender = c.sender, recipient = c.recipient, reply = c.reply
			from json_to_recordset(${ JSON.stringify( changed ) }::json)
				as c(queue_id text, n smallint, sender text, recipient text, reply text)
			where mails.log = ${ log.id } and mails.queue_id = c.queue_id and mails.n = c.n
		`.execute( tx );
	}
	await tx
		.updateTable( 'mailLogs' )
		.set( { rewriteAfter: ids.length < piece ? null : last } )
		.where( 'id', '=', log.id )
		.execute();
	return true;
}
