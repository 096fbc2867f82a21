import { onReadyServer } from '../../jobs/on-server.ts';
import { refuseNothingToRemove } from '../../servers/gateway-there.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

export const removeGateway: Call< 'removeGateway' > = async ( app, { waitingMail }, caller ) => {
	const job = await onReadyServer( app, caller, async ( _tx, server ) => {
		refuseNothingToRemove( server );
		return { request: { verb: 'remove_gateway', waitingMail } };
	} );
	return accepted( job );
};
