import type { BackupUse } from '@email-gateway/shared';
import { sql } from 'kysely';
import { GatewayError, isFailure } from '../errors.ts';
import { backupOn, routesWithBackup } from './backup.ts';
import { onBackup } from './on-backup.ts';
import { noKeptRoutes, routesOn } from './routes.ts';
import type { SecretStore } from './secrets.ts';
import type { Server } from './servers.ts';
import type { Db } from './tables.ts';

export interface UsingBackup {
	account: string;
	serverId: number;
	host: string;
	/** The Unix user whose route it is; null: the server's own. */
	user: string | null;
	backup: BackupUse;
}

type Parts = { db: Db; secrets: SecretStore };

const isChosen = sql< boolean >`id::text in (
	select row_id from secrets
	where table_name = 'servers' and (field in ('backup', 'on_backup') or field like 'backup:%')
)`;

/** The accounts that servers of a site and their routes have as their backup, or go back to. What we did not write is used by nobody. */
export async function backupsOf( { db, secrets }: Parts, siteId: string ): Promise< UsingBackup[] > {
	const servers = await db
		.selectFrom( 'servers' )
		.selectAll()
		.where( 'siteId', '=', siteId )
		.where( isChosen )
		.execute();
	const found: UsingBackup[] = [];
	for ( const server of servers ) {
		const backup = await ifGenuine( backupOn( { db, secrets }, server ) );
		const active = await ifGenuine( onBackup( { db, secrets }, server ) );
		const of = { serverId: server.serverId, host: server.host ?? '', user: null };
		if ( backup ) {
			found.push( { ...of, account: backup.rules.account, backup: active ? 'on_backup' : 'backup' } );
		}
		if ( active?.first.account ) {
			found.push( { ...of, account: active.first.account.id, backup: 'first' } );
		}
		found.push( ...( await backupsOfRoutes( { db, secrets }, server ) ) );
	}
	return found;
}

async function backupsOfRoutes( parts: Parts, server: Server ): Promise< UsingBackup[] > {
	const uids = await routesWithBackup( parts.db, server );
	const { routes } = ( uids.length > 0 ? await ifGenuine( routesOn( parts, server ) ) : null ) ?? noKeptRoutes;
	const found: UsingBackup[] = [];
	for ( const { uid, user, onBackup: active } of routes.filter( ( one ) => uids.includes( one.uid ) ) ) {
		const backup = await ifGenuine( backupOn( parts, server, uid ) );
		const of = { serverId: server.serverId, host: server.host ?? '', user };
		if ( backup ) {
			found.push( { ...of, account: backup.rules.account, backup: active ? 'on_backup' : 'backup' } );
		}
		if ( active?.first.account ) {
			found.push( { ...of, account: active.first.account.id, backup: 'first' } );
		}
	}
	return found;
}

/** Errors: account_is_backup, until no server, and no route, has it as its backup, or goes back to it. */
export async function refuseBackup( parts: Parts, { siteId, id }: { siteId: string; id: string } ): Promise< void > {
	const using = ( await backupsOf( parts, siteId ) ).filter( ( { account } ) => account === id );
	const servers = new Set( using.map( ( { serverId } ) => serverId ) ).size;
	if ( servers > 0 ) {
		throw new GatewayError( 'account_is_backup', { servers } );
	}
}

const ifGenuine = < Kept >( reading: Promise< Kept | null > ): Promise< Kept | null > =>
	reading.catch( ( error: unknown ) => {
		if ( isFailure( error ) ) {
			return null;
		}
		throw error;
	} );
