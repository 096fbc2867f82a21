import { withoutRoute } from '@email-gateway/shared';
import { z } from 'zod';
import type { Routes } from '../gateway/routes.ts';
import { Secret } from '../vault/secret.ts';
import { switched } from './on-backup.ts';
import { routesPlace } from './places.ts';
import type { SecretStore } from './secrets.ts';
import type { Server } from './servers.ts';
import type { Db } from './tables.ts';

/** A copy of what signs in. */
const keptAccount = z.object( {
	/** The saved account that it was taken from, as that was then; null: typed for this route. */
	account: z.object( { id: z.string(), version: z.int() } ).nullable().default( null ),
	smtpServer: z.string(),
	smtpPort: z.number(),
	userName: z.string(),
	password: z.string(),
} );
export type KeptAccount = z.infer< typeof keptAccount >;

const keptRoute = keptAccount.extend( {
	/** Names what is on the server; stays the same as long as the route is there. */
	number: z.int(),
	uid: z.number(),
	user: z.string(),
	senders: z.array( z.string() ),
	/** One of them, that all its mail leaves as; null: From stays. */
	sendAs: z.string().nullable().default( null ),
	at: z.iso.datetime(),
	by: z.string(),
	/** When its account was last put in; absent in routes from before it was kept. */
	accountAt: z.iso.datetime().optional(),
	/** It sends by its backup, and that is its account now; `first`: what it goes back to. */
	onBackup: switched.extend( { first: keptAccount } ).nullable().default( null ),
} );
/** `at`, `by`: when it was set, and the login of who did. */
export type KeptRoute = z.infer< typeof keptRoute >;

const kept = z.object( { without: z.enum( withoutRoute ), routes: z.array( keptRoute ) } );
export type KeptRoutes = z.infer< typeof kept >;
export type RouteOnBackup = NonNullable< KeptRoute[ 'onBackup' ] >;

export const routeOfUid = ( { routes }: KeptRoutes, uid: number ): KeptRoute | undefined =>
	routes.find( ( route ) => route.uid === uid );

export const noKeptRoutes: KeptRoutes = { without: 'default', routes: [] };

type Parts = { db: Db; secrets: SecretStore };
type Of = Pick< Server, 'id' | 'siteId' | 'serverId' >;

/**
 * The routes of a server. They say where mail goes and with which password, so they are sealed as a whole: whoever writes
 * to the database names no other provider or sender. Errors: record_not_genuine.
 */
export async function routesOn( { db, secrets }: Parts, server: Of ): Promise< KeptRoutes > {
	const text = await secrets.read( db, routesPlace( server ) );
	return text ? kept.parse( JSON.parse( text.reveal() ) ) : noKeptRoutes;
}

/** Without a route nothing is kept. Which saved accounts they have is told beside, where it can be asked for. */
export async function keepRoutes( { db, secrets }: Parts, server: Of, told: z.input< typeof kept > ): Promise< void > {
	const routes = kept.parse( told );
	await db.deleteFrom( 'routeAccounts' ).where( 'server', '=', server.id ).execute();
	const used = routes.routes.flatMap( ( { uid, user, account } ) =>
		account ? [ { server: server.id, uid, user, account: account.id, accountVersion: account.version } ] : []
	);
	if ( used.length > 0 ) {
		await db.insertInto( 'routeAccounts' ).values( used ).execute();
	}
	await ( routes.routes.length > 0
		? secrets.save( db, routesPlace( server ), new Secret( JSON.stringify( routes ) ) )
		: secrets.remove( db, routesPlace( server ) ) );
}

export const endRoutes = ( parts: Parts, server: Of ): Promise< void > => keepRoutes( parts, server, noKeptRoutes );

/** As the gateway is told of them. */
export const asRules = ( { without, routes }: KeptRoutes ): Routes => ( {
	without: routes.length > 0 ? without : 'default',
	list: routes.map( ( { number, uid, user, smtpServer, smtpPort, userName, password, senders, sendAs } ) => ( {
		...{ number, senders, sendAs, users: [ { uid, user } ] },
		account: { smtpServer, smtpPort, userName },
		password: new Secret( password ),
	} ) ),
} );
