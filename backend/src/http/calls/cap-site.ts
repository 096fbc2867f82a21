import { sendingUser } from '../../db/pauses.ts';
import { GatewayError } from '../../errors.ts';
import { onReadyServer } from '../../jobs/on-server.ts';
import { refuseWithoutGateway } from '../../servers/gateway-there.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** Sets how much a Unix user may send; null: each who has no cap of their own. */
export const capSite: Call< 'capSite' > = async ( app, { uid, cap }, caller ) => {
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		refuseWithoutGateway( server );
		const known = uid === null ? { user: null } : await sendingUser( tx, server, uid );
		if ( ! known ) {
			throw new GatewayError( 'not_found' );
		}
		return { request: { verb: 'cap_site', uid, user: known.user, cap } };
	} );
	return accepted( job );
};
