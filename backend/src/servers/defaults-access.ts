import type { IncludedGateway } from '@email-gateway/shared';
import type { Defaults } from '../db/defaults.ts';
import type { Server } from '../db/servers.ts';
import type { SettingsVersion } from '../db/settings.ts';
import type { Site } from '../db/sites.ts';
import { GatewayError } from '../errors.ts';
import type { Caller } from './caller.ts';

type May = Pick< Caller, 'may' >;
type Version = Pick< SettingsVersion, 'version' | 'defaultsVersion' >;

/** Whether a version is of the defaults or a former owner's: who runs the server is not shown it. */
export const isUnshown = ( server: Pick< Server, 'handedVersion' >, { version, defaultsVersion }: Version ): boolean =>
	defaultsVersion !== null || version <= ( server.handedVersion ?? 0 );

/** Whether someone may take a saved version's password: a guess at the defaults is answered like any other, or it could be repeated until it is right. */
export const mayTakePassword = ( { defaultsVersion }: Pick< Version, 'defaultsVersion' >, { may }: May ): boolean =>
	defaultsVersion === null || may( 'manage_defaults' );

/** Errors: forbidden. The defaults are for those who may manage them. */
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

/** Errors: forbidden. A gateway of one's own goes first: what is left to change after it would tell how much of it is the same. */
export function refuseIncluded(
	site: Pick< Site, 'customersMayUseIncluded' >,
	server: Pick< Server, 'mayHaveDefaults' | 'hostKey' >,
	installed: Pick< Version, 'defaultsVersion' > | undefined
): void {
	if ( ! mayUseIncluded( site, server ) || ( installed && installed.defaultsVersion === null ) ) {
		throw new GatewayError( 'forbidden', { reason: 'permission' } );
	}
}

/** What someone who is not shown the defaults is told of them. Who has a gateway of their own keeps its form until they remove it. */
export function includedGateway(
	{ site, may }: May & { site: Pick< Site, 'customersMayUseIncluded' > },
	server: Pick< Server, 'mayHaveDefaults' | 'hostKey' >,
	{
		defaults,
		installed,
	}: { defaults: Pick< Defaults, 'version' > | undefined; installed: Pick< Version, 'defaultsVersion' > | undefined }
): IncludedGateway {
	if ( may( 'manage_defaults' ) ) {
		return 'absent';
	}
	const isOffered = defaults !== undefined && mayUseIncluded( site, server );
	if ( installed && installed.defaultsVersion !== null ) {
		return isOffered ? 'in_use' : 'withdrawn';
	}
	return isOffered && ! installed ? 'offered' : 'absent';
}

/** Whether the defaults were saved again since they were installed. */
export function isOlder(
	installed: Pick< Version, 'defaultsVersion' > | undefined,
	defaults: Pick< Defaults, 'version' > | undefined
): boolean {
	const version = installed?.defaultsVersion ?? null;
	return version !== null && defaults !== undefined && version < defaults.version;
}
