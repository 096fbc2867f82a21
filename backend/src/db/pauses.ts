import type { Selectable } from 'kysely';
import type { Paused } from '../gateway/pauses.ts';
import { sitesOn } from './server-sites.ts';
import type { Server } from './servers.ts';
import type { Db, PauseTable } from './tables.ts';

export type Pause = Selectable< PauseTable >;

/** Whose sending is paused on a server, by number. */
export const pausesOn = ( db: Db, { id }: Pick< Server, 'id' > ): Promise< Pause[] > =>
	db.selectFrom( 'pauses' ).selectAll().where( 'server', '=', id ).orderBy( 'uid' ).execute();

export async function keepPause(
	db: Db,
	{ id }: Pick< Server, 'id' >,
	pause: Paused & Pick< Pause, 'by' >
): Promise< void > {
	const row = { ...pause, at: new Date() };
	await db
		.insertInto( 'pauses' )
		.values( { server: id, ...row } )
		.onConflict( ( conflict ) => conflict.columns( [ 'server', 'uid' ] ).doUpdateSet( row ) )
		.execute();
}

export async function endPause( db: Db, { id }: Pick< Server, 'id' >, uid: number ): Promise< void > {
	await db.deleteFrom( 'pauses' ).where( 'server', '=', id ).where( 'uid', '=', uid ).execute();
}

/** Not root, whose mail is the server's own, and not Postfix, whose mail was anybody's. */
const isSite = ( uid: number, user: string | null ) => uid !== 0 && user !== 'postfix';

/** A user of a server whom a look or the mail log has told, or who is paused; undefined where none did. */
export async function sendingUser(
	db: Db,
	server: Pick< Server, 'id' | 'lastLook' >,
	uid: number
): Promise< Pick< Paused, 'uid' | 'user' > | undefined > {
	const site = ( await sitesOn( db, server ) ).sites.find( ( one ) => one.uid === uid );
	const pause = ( await pausesOn( db, server ) ).find( ( one ) => one.uid === uid );
	const log = db.selectFrom( 'mailLogs' ).select( 'id' ).where( 'server', '=', server.id );
	const named = await db
		.selectFrom( 'mailUsers' )
		.select( 'name' )
		.where( 'log', '=', log )
		.where( 'uid', '=', uid )
		.executeTakeFirst();
	const counted =
		! site &&
		! named &&
		! pause &&
		( await db
			.selectFrom( 'mailCounts' )
			.select( 'uid' )
			.where( 'log', '=', log )
			.where( 'uid', '=', uid )
			.executeTakeFirst() );
	const user = site?.user ?? named?.name ?? pause?.user ?? null;
	return ( site || named || pause || counted ) && isSite( uid, user ) ? { uid, user } : undefined;
}
