import { sql } from 'kysely';
import type { Db } from '../db/tables.ts';
import type { Mail } from './mail.ts';
import { routeKey, type Routes } from './rows.ts';

/** Rows of mails with where their last tries went. */
export const withRoutes = ( db: Db ) =>
	db
		.selectFrom( 'mails' )
		.leftJoin( 'mailRoutes', 'mailRoutes.id', 'mails.route' )
		.selectAll( 'mails' )
		.select( [ 'mailRoutes.relay', 'mailRoutes.tls' ] );

/** Writes where the messages went, each way once, and tells the numbers. */
export async function keepRoutes( tx: Db, mails: readonly Mail[] ): Promise< Routes > {
	const ways = new Map(
		mails.flatMap( ( { recipients } ) =>
			recipients.flatMap( ( one ) =>
				one.relay === null ? [] : [ [ routeKey( one ), { relay: one.relay, tls: one.tls ?? '' } ] as const ]
			)
		)
	);
	const list = JSON.stringify( [ ...ways.values() ] );
	const asked = sql`json_to_recordset(${ list }::json) as w(relay text, tls text)`;
	const known = () =>
		sql< { id: number; relay: string; tls: string } >`
			select r.id, r.relay, r.tls from ${ asked } join mail_routes r on r.relay = w.relay and r.tls = w.tls
		`.execute( tx );
	let { rows } = await known();
	if ( rows.length < ways.size ) {
		await sql`insert into mail_routes (relay, tls) select * from ${ asked } on conflict do nothing`.execute( tx );
		( { rows } = await known() );
	}
	return new Map( rows.map( ( row ) => [ routeKey( row ), row.id ] ) );
}
