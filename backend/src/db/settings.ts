import { randomUUID } from 'node:crypto';
import type { GatewaySettings } from '@email-gateway/shared';
import { sql, type Selectable } from 'kysely';
import { GatewayError } from '../errors.ts';
import type { Caller } from '../servers/caller.ts';
import { isUnshown } from '../servers/defaults-access.ts';
import type { Secret } from '../vault/secret.ts';
import type { Vault } from '../vault/vault.ts';
import { passwordOf } from './places.ts';
import type { SecretStore } from './secrets.ts';
import type { Server, ServerRef } from './servers.ts';
import { changeServer } from './change-server.ts';
import { json, type Db, type SettingsTable } from './tables.ts';

export type SettingsVersion = Selectable< SettingsTable >;

/** Which account settings are of, as it was then. */
export interface OfAccount {
	id: string;
	version: number;
}

export const accountOfVersion = ( { account, accountVersion }: SettingsVersion ): OfAccount | null =>
	account === null ? null : { id: account, version: Number( accountVersion ) };

/** One version of a server's settings; undefined where there is none. */
export async function settingsVersion(
	db: Db,
	{ siteId, serverId }: ServerRef,
	version: number | null
): Promise< SettingsVersion | undefined > {
	if ( version === null ) {
		return undefined;
	}
	return db
		.selectFrom( 'settings' )
		.selectAll()
		.where( 'siteId', '=', siteId )
		.where( 'serverId', '=', serverId )
		.where( 'version', '=', version )
		.executeTakeFirst();
}

/**
 * Makes what was asked the submitted version, sealed password and all; the same as the one submitted last, of the
 * same account, is that one. Passwords of versions that are neither submitted nor installed are deleted.
 */
export async function submitSettings(
	tx: Db,
	{ vault, secrets }: { vault: Vault; secrets: SecretStore },
	{
		server,
		settings,
		password,
		account,
		by,
	}: { server: Server; settings: GatewaySettings; password: Secret; account: OfAccount | null; by: string }
): Promise< number > {
	const ref = { siteId: server.siteId, serverId: server.serverId };
	const digest = vault.digest( JSON.stringify( [ settings, password.reveal(), account ] ) );
	const last = await settingsVersion( tx, ref, server.submittedVersion );
	// the same click is one of the same person: to others it would tell that a password which they typed is the saved one
	if ( last?.digest === digest && last.by === by && ( await secrets.has( tx, passwordOf( last ) ) ) ) {
		return last.version;
	}
	const { highest } = await tx
		.selectFrom( 'settings' )
		.select( ( { fn } ) => fn.max( 'version' ).as( 'highest' ) )
		.where( 'siteId', '=', ref.siteId )
		.where( 'serverId', '=', ref.serverId )
		.executeTakeFirstOrThrow();
	const id = randomUUID();
	const version = ( highest ?? 0 ) + 1;
	const row = {
		id,
		siteId: ref.siteId,
		serverId: ref.serverId,
		version,
		digest,
		account: account?.id ?? null,
		accountVersion: account?.version ?? null,
		at: new Date(),
		by,
	};
	await tx
		.insertInto( 'settings' )
		.values( { ...row, settings: json( settings ) } )
		.execute();
	await secrets.save( tx, passwordOf( { ...row, settings } ), password );
	await changeServer( tx, server.id, { submittedVersion: version } );
	return version;
}

/** Deletes every version of a server's settings, with its password. */
export async function deleteSettings( tx: Db, server: Server ): Promise< void > {
	const ref = { siteId: server.siteId, serverId: server.serverId };
	await dropOldPasswords( tx, ref, [] );
	await changeServer( tx, server.id, { submittedVersion: null } );
	await tx
		.deleteFrom( 'settings' )
		.where( 'siteId', '=', ref.siteId )
		.where( 'serverId', '=', ref.serverId )
		.execute();
}

/** Whether credentials that who runs the server is not shown are, or are about to be, on it. */
export const hasUnshown = async ( db: Db, server: Server ): Promise< boolean > =>
	( await hasUnshownSettings( db, server ) ) ||
	( await db
		.selectFrom( 'routeAccounts' )
		.select( 'account' )
		.where( 'server', '=', server.id )
		.limit( 1 )
		.executeTakeFirst() ) !== undefined;

/** The same of what the gateway itself signs in with, not of its routes. */
export async function hasUnshownSettings( db: Db, server: Server ): Promise< boolean > {
	const ref = { siteId: server.siteId, serverId: server.serverId };
	const versions = [
		await settingsVersion( db, ref, server.submittedVersion ),
		await settingsVersion( db, ref, server.installedVersion ),
	];
	return versions.some( ( version ) => version !== undefined && isUnshown( server, version ) );
}

/** Of some servers, by the ids of their rows, those that have such credentials: the same for many at once. */
export async function unshownServers( db: Db, servers: readonly string[] ): Promise< Set< string > > {
	const { rows } = await sql< { id: string } >`
		select id from servers s where id = any(${ servers }::uuid[]) and (
			exists (
				select 1 from settings v where v.site_id = s.site_id and v.server_id = s.server_id
				and v.version in (s.submitted_version, s.installed_version)
				and (v.account is not null or v.version <= coalesce(s.handed_version, 0))
			) or exists (select 1 from route_accounts r where r.server = s.id)
		)
	`.execute( db );
	return new Set( rows.map( ( { id } ) => id ) );
}

/**
 * Whoever is not shown the accounts compares nothing with them: what would have to be changed on a server that has them
 * tells how right a guess is, by its number alone.
 * Errors: account_not_shown, until they are removed from there.
 */
export async function refuseUnshown( tx: Db, server: Server, { may }: Pick< Caller, 'may' > ): Promise< void > {
	if ( ! may( 'manage_defaults' ) && ( await hasUnshownSettings( tx, server ) ) ) {
		throw new GatewayError( 'account_not_shown' );
	}
}

/**
 * Credentials of an account, and a former owner's, that did not get to a server, or are gone from there, are not the server's
 * any more: what was installed before is what counts.
 */
export async function letGoOfDefaults( tx: Db, ref: ServerRef ): Promise< void > {
	const server = await tx
		.selectFrom( 'servers' )
		.select( [ 'id', 'submittedVersion', 'installedVersion', 'handedVersion' ] )
		.where( 'siteId', '=', ref.siteId )
		.where( 'serverId', '=', ref.serverId )
		.executeTakeFirst();
	const submitted = server && ( await settingsVersion( tx, ref, server.submittedVersion ) );
	if ( submitted && isUnshown( server, submitted ) ) {
		await changeServer( tx, server.id, { submittedVersion: server.installedVersion } );
	}
}

/** Deletes the passwords of versions that are not among those kept (and not asked for by a waiting job). */
export async function dropOldPasswords( tx: Db, ref: ServerRef, kept: readonly ( number | null )[] ): Promise< void > {
	await tx
		.deleteFrom( 'secrets' )
		.where( 'tableName', '=', 'settings' )
		.where( 'rowId', 'in', ( query ) =>
			query
				.selectFrom( 'settings' )
				.select( ( { cast, ref: column } ) => cast< string >( column( 'id' ), 'text' ).as( 'id' ) )
				.where( 'siteId', '=', ref.siteId )
				.where( 'serverId', '=', ref.serverId )
				.where( 'version', 'not in', [ 0, ...kept.filter( ( version ) => version !== null ) ] )
		)
		.execute();
}
