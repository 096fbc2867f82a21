import { onReadyServer } from '../../jobs/on-server.ts';
import { refuseWithoutGateway } from '../../servers/gateway-there.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

export const deliverWaitingMail: Call< 'deliverWaitingMail' > = async ( app, { older }, caller ) => {
	const job = await onReadyServer( app, caller, async ( _tx, server ) => {
		refuseWithoutGateway( server );
		return { request: { verb: 'deliver_waiting_mail', older } };
	} );
	return accepted( job );
};
