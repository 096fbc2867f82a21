import type { App } from '../src/app.ts';
import { keepBackup } from '../src/db/backup.ts';
import { keepOnBackup } from '../src/db/on-backup.ts';
import { keepRoutes, routesOn } from '../src/db/routes.ts';
import { accountOf } from './accounts.ts';
import { keepOneRoute, routeTyped } from './one-route.ts';
import type { SiteClient } from './site-client.ts';

type Parts = Pick< App, 'db' | 'secrets' >;

const rowOf = ( { db }: Parts, serverId: number ) =>
	db.selectFrom( 'servers' ).selectAll().where( 'serverId', '=', serverId ).executeTakeFirstOrThrow();

/** A server has a backup, which a person switches to. */
async function keepBackupOf( parts: Parts, of: { serverId: number; account: string } ): Promise< void > {
	await keepBackup( parts, await rowOf( parts, of.serverId ), {
		rules: { account: of.account, automatic: false, atLimit: false, afterMinutes: 15 },
		at: new Date().toISOString(),
		by: { login: 'admin', administrator: true },
	} );
}

/** A server sends by its backup since somebody switched it. */
async function keepOnBackupOf( parts: Parts, of: { serverId: number; account: string } ): Promise< void > {
	await keepBackupOf( parts, of );
	const server = await rowOf( parts, of.serverId );
	const { settings } = await parts.db
		.selectFrom( 'settings' )
		.selectAll()
		.where( 'serverId', '=', of.serverId )
		.executeTakeFirstOrThrow();
	await keepOnBackup( parts, server, {
		...{ version: server.installedVersion ?? 0, account: of.account },
		first: { settings, account: null, password: 'secret' },
		...{ since: new Date().toISOString(), why: 'by_hand', by: 'admin' },
		...{ twice: { messages: 0, queueIds: [] }, alignments: [] },
	} );
}

interface Servers {
	byOwn: number;
	byBackup: number;
	account: string;
}

/** Of two servers with a route of user 1004, and of these routes: those of the one have a backup, those of the other send by it. */
export async function keepBackups( parts: Parts, { byOwn, byBackup, account }: Servers ): Promise< void > {
	await keepBackupOf( parts, { serverId: byOwn, account } );
	await keepOnBackupOf( parts, { serverId: byBackup, account } );
	const backup = {
		rules: { account, automatic: false, atLimit: false, afterMinutes: 15 },
		...{ at: new Date().toISOString(), by: { login: 'admin', administrator: true } },
	};
	for ( const serverId of [ byOwn, byBackup ] ) {
		const server = await rowOf( parts, serverId );
		await keepOneRoute( parts, server );
		await keepBackup( parts, server, backup, 1004 );
	}
	const server = await rowOf( parts, byBackup );
	const { without, routes } = await routesOn( parts, server );
	const { use: _, ...first } = routeTyped.account;
	const onBackup = {
		...{ first, since: new Date().toISOString(), why: 'by_hand' as const, by: 'admin' },
		...{ twice: { messages: 0, queueIds: [] }, alignments: [] },
	};
	await keepRoutes( parts, server, {
		without,
		routes: routes.map( ( route ) => ( { ...route, account: { id: account, version: 1 }, onBackup } ) ),
	} );
}

/** What can be asked of them then, and of one that has none yet. */
export function changesOfBackups( { own, byOwn, byBackup, account }: Servers & { own: number } ) {
	const rules = { account, automatic: true, atLimit: false, afterMinutes: 15 };
	const body = { uid: 1004 };
	return {
		chooseBackup: { serverId: own, body: rules },
		endBackup: { serverId: own },
		switchToBackup: { serverId: byOwn },
		switchBack: { serverId: byBackup },
		chooseRouteBackup: { serverId: own, body: { ...rules, ...body } },
		endRouteBackup: { serverId: own, body },
		switchRouteToBackup: { serverId: byOwn, body },
		switchRouteBack: { serverId: byBackup, body },
	};
}

/** Saves an account of another user than the one given; its id. */
export async function saveSecondAccount(
	site: SiteClient,
	values: Parameters< typeof accountOf >[ 0 ]
): Promise< string > {
	const account = accountOf( { ...values, userName: 'second@example.com' }, { name: 'Second', isDefault: false } );
	const { accounts } = ( await site.call( 'saveAccount', { body: { account } } ) ).body;
	return accounts.find( ( { name } ) => name === 'Second' )?.id ?? '';
}
