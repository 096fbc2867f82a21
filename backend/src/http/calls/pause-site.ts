import { pausesOn, sendingUser } from '../../db/pauses.ts';
import { sitesOn } from '../../db/server-sites.ts';
import { GatewayError } from '../../errors.ts';
import { onReadyServer } from '../../jobs/on-server.ts';
import { refuseWithoutGateway } from '../../servers/gateway-there.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** Stops what a Unix user sends. */
export const pauseSite: Call< 'pauseSite' > = async ( app, { uid, how }, caller ) => {
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		refuseWithoutGateway( server );
		const known = await sendingUser( tx, server, uid );
		if ( ! known ) {
			throw new GatewayError( 'not_found' );
		}
		return { request: { verb: 'pause_site', uid, user: known.user, how } };
	} );
	return accepted( job );
};

/** Lets a Unix user send again. */
export const resumeSite: Call< 'resumeSite' > = async ( app, { uid, held }, caller ) => {
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		refuseWithoutGateway( server );
		const pause = ( await pausesOn( tx, server ) ).find( ( one ) => one.uid === uid );
		const over = ( await sitesOn( tx, server ) ).over?.some( ( one ) => one.uid === uid );
		const known = pause ?? ( over ? ( await sendingUser( tx, server, uid ) ) ?? { user: null } : undefined );
		if ( ! known ) {
			throw new GatewayError( 'not_found' );
		}
		return { request: { verb: 'resume_site', uid, user: known.user, held } };
	} );
	return accepted( job );
};
