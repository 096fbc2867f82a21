import type { Vault } from '../vault/vault.ts';
import type { Job } from './jobs.ts';
import type { Server } from './servers.ts';
import type { Site } from './sites.ts';

// A row that decides where something goes or who may ask carries a proof that we wrote it. Whoever can write to the
// database, and has no master key, can destroy such a row, but not make it say something that we never said.

type Guarded< Row, Names extends keyof Row > = Pick< Row, Names >;
export type GuardedServer = Guarded<
	Server,
	| 'id'
	| 'site_id'
	| 'server_id'
	| 'host'
	| 'ssh_port'
	| 'ssh_user'
	| 'sign_in'
	| 'set_by_administrator'
	| 'may_have_defaults'
	| 'host_key'
	| 'managed_public_key'
>;
export type GuardedSite = Guarded<
	Site,
	'id' | 'key_id' | 'public_key' | 'url' | 'revoked_at' | 'key_expires_at' | 'customers_may_use_included'
>;
export type GuardedJob = Guarded< Job, 'id' | 'site_id' | 'server_id' | 'verb' | 'request' | 'asked_by' | 'applying' >;

const ofServer = ( row: GuardedServer ) => [
	...[ row.id, row.site_id, row.server_id, row.host, row.ssh_port, row.ssh_user, row.sign_in ],
	...[ row.set_by_administrator, row.may_have_defaults, row.host_key, row.managed_public_key ],
];
const ofSite = ( row: GuardedSite ) => [
	...[ row.id, row.key_id, row.public_key, row.url, row.revoked_at, row.key_expires_at ],
	row.customers_may_use_included,
];
const ofJob = ( row: GuardedJob ) => [
	...[ row.id, row.site_id, row.server_id, row.verb, row.request, row.asked_by, row.applying ],
];

export const serverMac = ( vault: Vault, row: GuardedServer ): string => vault.mac( 'server', ofServer( row ) );
export const siteMac = ( vault: Vault, row: GuardedSite ): string => vault.mac( 'site', ofSite( row ) );
export const jobMac = ( vault: Vault, row: GuardedJob ): string => vault.mac( 'job', ofJob( row ) );

/** A row that was only made, and holds no connection yet, needs no proof. */
const isBlank = ( row: GuardedServer ): boolean =>
	[ row.host, row.ssh_port, row.ssh_user, row.sign_in, row.host_key, row.managed_public_key ].every(
		( value ) => value === null
	) &&
	! row.set_by_administrator &&
	! row.may_have_defaults;

export const isGenuineServer = ( vault: Vault, row: Server ): boolean =>
	isBlank( row ) || vault.isMacOf( row.mac, 'server', ofServer( row ) );
export const isGenuineSite = ( vault: Vault, row: Site ): boolean => vault.isMacOf( row.mac, 'site', ofSite( row ) );
export const isGenuineJob = ( vault: Vault, row: Job ): boolean => vault.isMacOf( row.mac, 'job', ofJob( row ) );
