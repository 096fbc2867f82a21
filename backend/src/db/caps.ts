import type { Cap } from '../gateway/caps.ts';
import type { Server } from './servers.ts';
import type { Db } from './tables.ts';

/** Who is held by what nobody else is: root, whose mail is the server's own, and never has a cap. */
const everyOther = 0;

export interface KeptCap extends Cap {
	at: Date;
	/** Login of who set it. */
	by: string;
}

/** The caps of a server: that of all others first, then by number. */
export async function capsOn( db: Db, { id }: Pick< Server, 'id' > ): Promise< KeptCap[] > {
	const rows = await db.selectFrom( 'caps' ).selectAll().where( 'server', '=', id ).orderBy( 'uid' ).execute();
	return rows.map( ( { uid, never, hour, day, refused, at, by } ) => ( {
		uid: Number( uid ) === everyOther ? null : Number( uid ),
		limits: never ? null : { hour, day, refused },
		...{ at, by },
	} ) );
}

export async function keepCap(
	db: Db,
	{ id }: Pick< Server, 'id' >,
	{ uid, limits, by }: Omit< KeptCap, 'at' >
): Promise< void > {
	const { hour, day, refused } = limits ?? { hour: null, day: null, refused: null };
	const row = { never: limits === null, hour, day, refused, at: new Date(), by };
	await db
		.insertInto( 'caps' )
		.values( { server: id, uid: uid ?? everyOther, ...row } )
		.onConflict( ( conflict ) => conflict.columns( [ 'server', 'uid' ] ).doUpdateSet( row ) )
		.execute();
}

export async function endCap( db: Db, { id }: Pick< Server, 'id' >, uid: number | null ): Promise< void > {
	await db
		.deleteFrom( 'caps' )
		.where( 'server', '=', id )
		.where( 'uid', '=', uid ?? everyOther )
		.execute();
}
