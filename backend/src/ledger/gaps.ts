import { sql } from 'kysely';
import type { Db, Tx } from '../db/tables.ts';

/** A stretch of time of which a log tells nothing. */
export interface Gap {
	log: number;
	from: Date | null;
	to: Date;
}

/** Nobody is shown more, and a server whose log begins anew at each look must not fill the database. */
const mostGaps = 20;

/**
 * Writes that nothing is known of what happened between two moments. Where the server's clock went back in between, what was
 * told last lies after what is told first now.
 *
 * @param from when the last line was written that is known; null: none is
 * @param to   when the first one was that is known again
 */
export async function keepGap( tx: Tx, { log, from, to }: Gap ): Promise< void > {
	const [ fromAt, toAt ] = from !== null && from > to ? [ to, from ] : [ from, to ];
	await tx.insertInto( 'mailGaps' ).values( { log, fromAt, toAt } ).execute();
	await sql`delete from mail_gaps where log = ${ log } and ctid not in (
		select ctid from mail_gaps where log = ${ log } order by to_at desc limit ${ mostGaps }
	)`.execute( tx );
}

/** As keepGap, and where another gap ends when this one begins, that one goes on: a flood is missed in many pieces. */
export async function keepGoingGap( tx: Tx, { log, from, to }: Gap ): Promise< void > {
	const { numUpdatedRows } = await tx
		.updateTable( 'mailGaps' )
		.set( { toAt: to } )
		.where( 'log', '=', log )
		.where( 'toAt', '=', from )
		.executeTakeFirst();
	if ( numUpdatedRows === 0n ) {
		await keepGap( tx, { log, from, to } );
	}
}

/** The newest of each log first. */
export async function gapsOf( db: Db, logs: readonly number[] ): Promise< Gap[] > {
	const { rows } = await sql< Gap >`
		select g.log, g.from_at as from, g.to_at as to
		from json_array_elements_text(${ JSON.stringify( logs ) }::json) l cross join lateral (
			select * from mail_gaps where log = l::integer order by to_at desc limit ${ mostGaps }
		) g order by g.to_at desc
	`.execute( db );
	return rows;
}
