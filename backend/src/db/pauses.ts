import type { Selectable } from 'kysely';
import type { Server } from './servers.ts';
import type { Db, PauseTable } from './tables.ts';

export type Pause = Selectable< PauseTable >;

/** Whose sending is paused on a server, by number. */
export const pausesOn = ( db: Db, { id }: Pick< Server, 'id' > ): Promise< Pause[] > =>
	db.selectFrom( 'pauses' ).selectAll().where( 'server', '=', id ).orderBy( 'uid' ).execute();
