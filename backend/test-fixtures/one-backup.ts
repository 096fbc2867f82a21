import type { App } from '../src/app.ts';
import { keepBackup } from '../src/db/backup.ts';
import { keepOnBackup } from '../src/db/on-backup.ts';
import { accountOf } from './accounts.ts';
import type { SiteClient } from './site-client.ts';

type Parts = Pick< App, 'db' | 'secrets' >;

const rowOf = ( { db }: Parts, serverId: number ) =>
	db.selectFrom( 'servers' ).selectAll().where( 'serverId', '=', serverId ).executeTakeFirstOrThrow();

/** A server has a backup, which a person switches to. */
export async function keepBackupOf( parts: Parts, of: { serverId: number; account: string } ): Promise< void > {
	await keepBackup( parts, await rowOf( parts, of.serverId ), {
		rules: { account: of.account, automatic: false, atLimit: false, afterMinutes: 15 },
		at: new Date().toISOString(),
		by: { login: 'admin', administrator: true },
	} );
}

/** A server sends by its backup since somebody switched it. */
export async function keepOnBackupOf( parts: Parts, of: { serverId: number; account: string } ): Promise< void > {
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

/** Saves an account of another user than the one given; its id. */
export async function saveSecondAccount(
	site: SiteClient,
	values: Parameters< typeof accountOf >[ 0 ]
): Promise< string > {
	const account = accountOf( { ...values, userName: 'second@example.com' }, { name: 'Second', isDefault: false } );
	const { accounts } = ( await site.call( 'saveAccount', { body: { account } } ) ).body;
	return accounts.find( ( { name } ) => name === 'Second' )?.id ?? '';
}
