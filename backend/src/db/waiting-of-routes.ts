import type { Cause } from '@email-gateway/shared';
import type { Selectable } from 'kysely';
import type { WaitingOfRouteTable } from './mail-tables.ts';
import type { Db } from './tables.ts';

interface Of {
	/** Id of the server's row. */
	server: string;
	uid: number;
}
/** Why mail of a route waits: in milliseconds since the epoch, the first and the newest try that looks have seen meet it. */
export interface WaitingOfRoute {
	cause: Cause;
	since: number;
	lastAt: number;
}

/** What the look before saw. */
export async function waitingBefore( db: Db, { server, uid }: Of ): Promise< WaitingOfRoute[] > {
	const rows = await db
		.selectFrom( 'waitingOfRoutes' )
		.select( [ 'cause', 'since', 'lastAt' ] )
		.where( 'server', '=', server )
		.where( 'uid', '=', uid )
		.execute();
	return rows.map( readOf );
}

const readOf = ( {
	cause,
	since,
	lastAt,
}: Pick< Selectable< WaitingOfRouteTable >, 'cause' | 'since' | 'lastAt' > ) => ( {
	...{ cause, since: since.getTime(), lastAt: lastAt.getTime() },
} );

/** What this look sees: a cause that is met no longer is forgotten, one that still is goes on from where it began. */
export const goOn = (
	before: readonly WaitingOfRoute[],
	now: readonly { cause: Cause; lastAt: Date }[]
): WaitingOfRoute[] =>
	now.map( ( { cause, lastAt } ) => {
		const at = lastAt.getTime();
		const same = before.find( ( one ) => one.cause === cause && one.lastAt <= at );
		return { cause, since: same?.since ?? at, lastAt: at };
	} );

export async function keepWaiting( db: Db, { server, uid }: Of, waiting: readonly WaitingOfRoute[] ): Promise< void > {
	await db.deleteFrom( 'waitingOfRoutes' ).where( 'server', '=', server ).where( 'uid', '=', uid ).execute();
	const rows = waiting.map( ( { cause, since, lastAt } ) => ( {
		...{ server, uid, cause, since: new Date( since ), lastAt: new Date( lastAt ) },
	} ) );
	if ( rows.length > 0 ) {
		await db
			.insertInto( 'waitingOfRoutes' )
			.values( rows )
			.onConflict( ( conflict ) => conflict.doNothing() )
			.execute();
	}
}
