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
	| 'siteId'
	| 'serverId'
	| 'host'
	| 'sshPort'
	| 'sshUser'
	| 'signIn'
	| 'setByAdministrator'
	| 'mayHaveDefaults'
	| 'hostKey'
	| 'managedPublicKey'
>;
export type GuardedSite = Guarded<
	Site,
	'id' | 'keyId' | 'publicKey' | 'url' | 'revokedAt' | 'keyExpiresAt' | 'customersMayUseIncluded'
>;
export type GuardedJob = Guarded< Job, 'id' | 'siteId' | 'serverId' | 'verb' | 'request' | 'askedBy' | 'applying' >;

const ofServer = ( row: GuardedServer ) => [
	...[ row.id, row.siteId, row.serverId, row.host, row.sshPort, row.sshUser, row.signIn ],
	...[ row.setByAdministrator, row.mayHaveDefaults, row.hostKey, row.managedPublicKey ],
];
const ofSite = ( row: GuardedSite ) => [
	...[ row.id, row.keyId, row.publicKey, row.url, row.revokedAt, row.keyExpiresAt ],
	row.customersMayUseIncluded,
];
const ofJob = ( row: GuardedJob ) => [
	...[ row.id, row.siteId, row.serverId, row.verb, row.request, row.askedBy, row.applying ],
];

export const serverMac = ( vault: Vault, row: GuardedServer ): string => vault.mac( 'server', ofServer( row ) );
export const siteMac = ( vault: Vault, row: GuardedSite ): string => vault.mac( 'site', ofSite( row ) );
export const jobMac = ( vault: Vault, row: GuardedJob ): string => vault.mac( 'job', ofJob( row ) );

/** A row that was only made, and holds no connection yet, needs no proof. */
const isBlank = ( row: GuardedServer ): boolean =>
	[ row.host, row.sshPort, row.sshUser, row.signIn, row.hostKey, row.managedPublicKey ].every(
		( value ) => value === null
	) &&
	! row.setByAdministrator &&
	! row.mayHaveDefaults;

export const isGenuineServer = ( vault: Vault, row: Server ): boolean =>
	isBlank( row ) || vault.isMacOf( row.mac, 'server', ofServer( row ) );
export const isGenuineSite = ( vault: Vault, row: Site ): boolean => vault.isMacOf( row.mac, 'site', ofSite( row ) );
export const isGenuineJob = ( vault: Vault, row: Job ): boolean => vault.isMacOf( row.mac, 'job', ofJob( row ) );
