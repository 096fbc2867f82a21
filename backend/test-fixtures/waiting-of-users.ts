import type { Cause } from '@email-gateway/shared';
import type { Db } from '../src/db/tables.ts';

interface Waiting {
	/** Of the queue. */
	id?: string;
	/** Ago, when it arrived and when it was last tried. */
	minutes?: number;
	triedAgo?: number;
}

/** What the mail log of a server tells of its users, as if looks had read it. */
export interface Waits {
	of( uid: number, cause: Cause, how?: Waiting ): Promise< void >;
	/** A provider has taken a message of a user just now. */
	taken( uid: number, host: string ): Promise< void >;
	nothing(): Promise< void >;
}

export async function waitingOf( db: Db, serverId: number ): Promise< Waits > {
	const { id: server } = await db
		.selectFrom( 'servers' )
		.select( 'id' )
		.where( 'serverId', '=', serverId )
		.executeTakeFirstOrThrow();
	const row = {
		...{ server, head: 'x', position: 1, knownSince: new Date(), toldUntil: new Date(), withheldUntil: null },
		...{ tls: '{}' as never, readAt: new Date(), rewriteAfter: null },
	};
	const { id: log } = await db.insertInto( 'mailLogs' ).values( row ).returning( 'id' ).executeTakeFirstOrThrow();
	const ago = ( minutes: number ) => new Date( Date.now() - minutes * 60_000 );
	const keep = ( uid: number, queueId: string, change: object ) =>
		db
			.insertInto( 'mails' )
			.values( {
				...{ log, n: 0, tries: 1, at: new Date(), uid, bytes: 1, delayMs: 0, route: null, origin: 'sendmail' },
				...{ outcome: 'waiting', queueId, cause: null, dsn: null, sender: null, fromDomain: null },
				...{ recipient: null, reply: null, ...change },
			} )
			.onConflict( ( conflict ) => conflict.columns( [ 'log', 'queueId', 'n' ] ).doUpdateSet( change ) )
			.execute();
	return {
		async of( uid, cause, { id = `W${ uid }`, minutes = 2, triedAgo = 1 } = {} ) {
			await keep( uid, id, { cause, at: ago( minutes ), delayMs: ( minutes - triedAgo ) * 60_000 } );
		},
		async taken( uid, host ) {
			const way = { relay: `${ host }[192.0.2.1]:587`, tls: `of ${ uid } ${ Date.now() }` };
			const { id: route } = await db
				.insertInto( 'mailRoutes' )
				.values( way )
				.returning( 'id' )
				.executeTakeFirstOrThrow();
			await keep( uid, `T${ uid } ${ route }`, { outcome: 'accepted', route } );
		},
		async nothing() {
			await db.deleteFrom( 'mails' ).where( 'log', '=', log ).execute();
		},
	};
}
