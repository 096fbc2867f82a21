import type { Server } from '../db/servers.ts';
import { GatewayError } from '../errors.ts';
import type { Caller } from './caller.ts';

/**
 * The owner of a server who asks about their own alerts, by user id. Errors: forbidden, for whoever else may run its gateway;
 * not_found, for a server of which nothing is known.
 */
export function ownerAsking( server: Pick< Server, 'owner' > | undefined, { actor }: Pick< Caller, 'actor' > ): number {
	const { userId, owner } = actor;
	if ( userId === 0 || owner !== userId ) {
		throw new GatewayError( 'forbidden', { reason: 'permission' } );
	}
	if ( ! server ) {
		throw new GatewayError( 'not_found' );
	}
	if ( server.owner !== userId ) {
		throw new GatewayError( 'forbidden', { reason: 'permission' } );
	}
	return userId;
}
