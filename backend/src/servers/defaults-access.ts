import type { IncludedGateway } from '@email-gateway/shared';
import type { Account } from '../db/accounts.ts';
import type { Server } from '../db/servers.ts';
import type { SettingsVersion } from '../db/settings.ts';
import type { Site } from '../db/sites.ts';
import { GatewayError } from '../errors.ts';
import type { Caller } from './caller.ts';

type May = Pick< Caller, 'may' >;
type Version = Pick< SettingsVersion, 'version' | 'account' | 'accountVersion' >;

/** Whether a version is of an account or a former owner's: who runs the server is not shown it. */
export const isUnshown = (
	server: Pick< Server, 'handedVersion' >,
	{ version, account }: Pick< Version, 'version' | 'account' >
): boolean => account !== null || version <= ( server.handedVersion ?? 0 );

/** Whether someone may take a saved version's password: a guess at an account is answered like any other, or it could be repeated until it is right. */
export const mayTakePassword = ( { account }: Pick< Version, 'account' >, { may }: May ): boolean =>
	account === null || may( 'manage_defaults' );

/** Errors: forbidden. Accounts, the default one among them, are for those who may manage them. */
export function refuseDefaults( { may }: May ): void {
	if ( ! may( 'manage_defaults' ) ) {
		throw new GatewayError( 'forbidden', { reason: 'permission' } );
	}
}

/** Errors: forbidden, for a connection that nobody who may manage the defaults has set and trusted. */
export function refuseDefaultsOn( { mayHaveDefaults }: Pick< Server, 'mayHaveDefaults' > ): void {
	if ( ! mayHaveDefaults ) {
		throw new GatewayError( 'forbidden', { reason: 'connection_not_set_by_administrator' } );
	}
}

/** Only where the site owner wants it, on a connection that someone who may manage the defaults has set and trusted. */
export const mayUseIncluded = (
	site: Pick< Site, 'customersMayUseIncluded' >,
	server: Pick< Server, 'mayHaveDefaults' | 'hostKey' >
): boolean => site.customersMayUseIncluded && server.mayHaveDefaults && server.hostKey?.state === 'trusted';

/**
 * Errors: forbidden. A gateway of one's own goes first: what is left to change after it would tell how much of it is the same.
 * One with another account is not the customer's to change.
 */
export function refuseIncluded(
	site: Pick< Site, 'customersMayUseIncluded' >,
	server: Pick< Server, 'mayHaveDefaults' | 'hostKey' >,
	{
		account,
		installed,
	}: { account: Pick< Account, 'id' > | undefined; installed: Pick< Version, 'account' > | undefined }
): void {
	if ( ! mayUseIncluded( site, server ) || ( installed && installed.account !== account?.id ) ) {
		throw new GatewayError( 'forbidden', { reason: 'permission' } );
	}
}

/** What someone who is not shown the default account is told of it. Who has a gateway of their own keeps its form until they remove it. */
export function includedGateway(
	{ site, may }: May & { site: Pick< Site, 'customersMayUseIncluded' > },
	server: Pick< Server, 'mayHaveDefaults' | 'hostKey' >,
	{
		account,
		installed,
	}: { account: Pick< Account, 'id' > | undefined; installed: Pick< Version, 'account' > | undefined }
): IncludedGateway {
	if ( may( 'manage_defaults' ) ) {
		return 'absent';
	}
	const isOffered = account !== undefined && mayUseIncluded( site, server );
	if ( installed && installed.account !== null ) {
		return isOffered && installed.account === account.id ? 'in_use' : 'withdrawn';
	}
	return isOffered && ! installed ? 'offered' : 'absent';
}

/** Whether an account was changed since it was installed. */
export const isOlder = (
	{ accountVersion }: Pick< Version, 'accountVersion' >,
	{ version }: Pick< Account, 'version' >
): boolean => accountVersion !== null && accountVersion < version;
