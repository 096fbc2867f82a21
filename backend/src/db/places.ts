import type { Field, Place } from '../vault/vault.ts';
import type { Account } from './accounts.ts';
import type { AlertChannel } from './alert-channels.ts';
import type { Job } from './jobs.ts';
import type { Server } from './servers.ts';
import type { SettingsVersion } from './settings.ts';
import type { Db } from './tables.ts';

// What each sealed secret is bound to: all that decides where it may be sent. It does not open once any of that is
// another, whoever changed it.

/** What signs in to a server, besides the key made for it. */
export const signInFields = [ 'password', 'private_key', 'passphrase', 'sudo_password' ] as const;
export type SignInField = ( typeof signInFields )[ number ];

export type Connection = Pick< Server, 'id' | 'siteId' | 'serverId' | 'host' | 'sshPort' | 'sshUser' | 'hostKey' >;

/** The host key without which nobody is signed in to; null: none was trusted yet. */
export const pinOf = ( { hostKey: key }: Pick< Server, 'hostKey' > ): string | null =>
	key && key.state !== 'unknown' ? key.fingerprint : null;

/** A sign-in secret: for this host, port and user, and whoever has the host key that was trusted. */
export function signInPlace( server: Connection, field: SignInField | 'lent_connection' ): Place {
	const { id, siteId, serverId, host, sshPort: port, sshUser: user } = server;
	return { table: 'servers', id, field, boundTo: { siteId, serverId, host, port, user, pin: pinOf( server ) } };
}

/** The private half of the key made for a server never leaves: a host is given a signature that is of use there only. */
export const managedKeyPlace = ( { id, siteId, serverId }: Connection ): Place => ( {
	...{ table: 'servers', id, field: 'managed_key' },
	boundTo: { siteId, serverId },
} );

/** Where a server's mail goes while it is on. */
export const sandboxPlace = ( { id, siteId, serverId }: Pick< Server, 'id' | 'siteId' | 'serverId' > ): Place => ( {
	...{ table: 'servers', id, field: 'sandbox' },
	boundTo: { siteId, serverId },
} );

/** By which account a server, or the route of a Unix user there, sends while its own cannot. */
export const backupPlace = (
	{ id, siteId, serverId }: Pick< Server, 'id' | 'siteId' | 'serverId' >,
	uid: number | null = null
): Place => ( {
	...{ table: 'servers', id, field: uid === null ? 'backup' : `${ ofRoute }${ uid }` },
	boundTo: { siteId, serverId, ...( uid !== null && { uid } ) },
} );
const ofRoute = 'backup:';

/** The Unix user whose route a record of a server is the backup of; null: it is something else. */
export const routeOfBackup = ( field: string ): number | null =>
	field.startsWith( ofRoute ) ? Number( field.slice( ofRoute.length ) ) : null;

/** What a server that sends by its backup goes back to, with its password. */
export const onBackupPlace = ( { id, siteId, serverId }: Pick< Server, 'id' | 'siteId' | 'serverId' > ): Place => ( {
	...{ table: 'servers', id, field: 'on_backup' },
	boundTo: { siteId, serverId },
} );

/** Whose side doors are closed on a server. */
export const closedDoorsPlace = ( { id, siteId, serverId }: Pick< Server, 'id' | 'siteId' | 'serverId' > ): Place => ( {
	...{ table: 'servers', id, field: 'closed_doors' },
	boundTo: { siteId, serverId },
} );

/** By which accounts a server's sites send, with their passwords. */
export const routesPlace = ( { id, siteId, serverId }: Pick< Server, 'id' | 'siteId' | 'serverId' > ): Place => ( {
	...{ table: 'servers', id, field: 'routes' },
	boundTo: { siteId, serverId },
} );

/** The mail password of one version of a server's settings, all of which it is bound to. */
export function passwordOf(
	version: Pick<
		SettingsVersion,
		'id' | 'siteId' | 'serverId' | 'version' | 'settings' | 'account' | 'accountVersion'
	>
): Place {
	const { id, siteId, serverId, version: number, settings, account, accountVersion } = version;
	// by the name that it had before there were accounts
	const ofDefaults = account === null ? null : { account, version: accountVersion };
	return {
		...{ table: 'settings', id, field: 'password' },
		boundTo: { siteId, serverId, version: number, ofDefaults, settings },
	};
}

/** The password of an account, bound to whether customers may be given it, too. */
export const accountPassword = ( {
	id,
	siteId,
	version,
	isDefault,
	settings,
}: Pick< Account, 'id' | 'siteId' | 'version' | 'isDefault' | 'settings' > ): Place => ( {
	table: 'accounts',
	id,
	field: 'password',
	boundTo: { siteId, version, isDefault, settings },
} );

/** How to reach a server that another plugin keeps, lent for looks and deleted soon: for what was trusted, as a sign-in. */
export const lentConnection = ( server: Connection ): Place => signInPlace( server, 'lent_connection' );

/** What was asked and for whom: a job that was changed since has none of its secrets. */
type AskedJob = Pick< Job, 'id' | 'siteId' | 'serverId' | 'request' | 'askedBy' >;
const ofJob = ( { id, siteId, serverId, request, askedBy }: AskedJob, field: string ) => ( {
	...{ table: 'jobs', id, field },
	boundTo: { siteId, serverId, request, askedBy },
} );

/** The password of one job, deleted when the job ends. */
export const jobPassword = ( job: AskedJob ): Place => ofJob( job, 'password' );

/** How to reach a server that another plugin keeps, deleted when the job ends. */
export const jobConnection = ( job: AskedJob ): Place => ofJob( job, 'connection' );

/** Where a site's webhook of before there were channels lies: the channel with the id of its site. */
const formerWebhookOf = ( siteId: string ): Place => ( {
	...{ table: 'sites', id: siteId, field: 'webhook' },
	boundTo: { siteId },
} );

/** Where a channel's alerts go, and what signs them: one secret, so that neither is of use without the other. */
export const channelPlace = ( {
	id,
	siteId,
	kind,
	owner,
	account,
	own,
}: Pick< AlertChannel, 'id' | 'siteId' | 'kind' | 'owner' | 'account' | 'own' > ): Place =>
	id === siteId
		? formerWebhookOf( siteId )
		: {
				table: 'alert_channels',
				id,
				field: 'target',
				boundTo: { siteId, kind, owner, ...( account && { account } ), ...( own && { own } ) },
		  };

/** Where a stored secret belongs by the row that it is of; null where there is no such row any more. */
export async function placeOf( db: Db, { table, id, field }: Field ): Promise< Place | null > {
	if ( table === 'servers' ) {
		const row = await db.selectFrom( 'servers' ).selectAll().where( 'id', '=', id ).executeTakeFirst();
		const places: Partial< Record< string, ( of: Connection ) => Place > > = {
			...{ managed_key: managedKeyPlace, sandbox: sandboxPlace, routes: routesPlace },
			...{ backup: backupPlace, on_backup: onBackupPlace },
			closed_doors: closedDoorsPlace,
		};
		const uid = routeOfBackup( field );
		if ( ! row || uid !== null ) {
			return row ? backupPlace( row, uid ) : null;
		}
		return places[ field ]?.( row ) ?? signInPlace( row, field as SignInField );
	}
	if ( table === 'settings' ) {
		const row = await db.selectFrom( 'settings' ).selectAll().where( 'id', '=', id ).executeTakeFirst();
		return row ? passwordOf( row ) : null;
	}
	if ( table === 'accounts' ) {
		const row = await db.selectFrom( 'accounts' ).selectAll().where( 'id', '=', id ).executeTakeFirst();
		return row ? accountPassword( row ) : null;
	}
	if ( table === 'sites' ) {
		return formerWebhookOf( id );
	}
	if ( table === 'alert_channels' ) {
		const row = await db.selectFrom( 'alertChannels' ).selectAll().where( 'id', '=', id ).executeTakeFirst();
		return row ? channelPlace( row ) : null;
	}
	const row = await db.selectFrom( 'jobs' ).selectAll().where( 'id', '=', id ).executeTakeFirst();
	return row ? ofJob( row, field ) : null;
}
