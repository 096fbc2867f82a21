import type { Job } from '../db/jobs.ts';
import type { Server } from '../db/servers.ts';
import { GatewayError } from '../errors.ts';

type Known = Pick< Server, 'installedVersion' | 'submittedVersion' | 'unfinished' | 'lastLook' >;
type Newest = Pick< Job, 'state' | 'verb' > | undefined;

const isLive = ( job: Newest ): boolean => job?.state === 'queued' || job?.state === 'running';

/** Whether something of ours would stay on the server if nobody could reach it from here any more. */
export function hasGateway( server: Omit< Known, 'submittedVersion' >, job: Newest ): boolean {
	// a change that was never seen to end may leave something, too: it goes on there without us
	const mayChange = isLive( job ) && ( job?.verb === 'install_gateway' || job?.verb === 'remove_gateway' );
	return server.installedVersion !== null || server.unfinished || server.lastLook?.gateway === 'ours' || mayChange;
}

/** Errors: gateway_not_installed. */
export function refuseWithoutGateway( { installedVersion }: Pick< Known, 'installedVersion' > ): void {
	if ( installedVersion === null ) {
		throw new GatewayError( 'gateway_not_installed' );
	}
}

/**
 * Errors: gateway_not_installed. An install that broke off may have left something to remove, so the submitted version
 * is enough; so is our own marker on the server.
 */
export function refuseNothingToRemove( server: Omit< Known, 'unfinished' > ): void {
	const wasTried = server.installedVersion !== null || server.submittedVersion !== null;
	if ( ! wasTried && server.lastLook?.gateway !== 'ours' ) {
		throw new GatewayError( 'gateway_not_installed' );
	}
}

/** Errors: gateway_still_installed; server_busy, where a job may still need what is deleted. */
export function refuseCredentialsInUse( server: Pick< Known, 'installedVersion' | 'unfinished' >, job: Newest ): void {
	if ( server.installedVersion !== null || server.unfinished ) {
		throw new GatewayError( 'gateway_still_installed' );
	}
	if ( isLive( job ) ) {
		throw new GatewayError( 'server_busy' );
	}
}
