import { findServers as find } from '../../db/fleet.ts';
import { GatewayError } from '../../errors.ts';
import { fleetView } from '../../views/servers.ts';
import { knownForMs } from '../../watch/gateway-state.ts';
import type { Call } from '../call.ts';

/** A page of the servers that WordPress says are there for this person. Errors: forbidden, see the contract. */
export const findServers: Call< 'findServers' > = async ( app, query, caller ) => {
	const managesSite = caller.may( 'manage_site' );
	if ( query.within === undefined && ! managesSite ) {
		throw new GatewayError( 'forbidden', { reason: 'permission' } );
	}
	const by = { siteId: caller.site.id, managesSite, knownSince: new Date( Date.now() - knownForMs ) };
	return fleetView( app, await find( app.db, by, query ), caller );
};
