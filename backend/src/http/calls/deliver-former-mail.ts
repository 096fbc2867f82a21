import { onReadyServer } from '../../jobs/on-server.ts';
import { refuseWithoutGateway } from '../../servers/gateway-there.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

export const deliverFormerMail: Call< 'deliverFormerMail' > = async ( app, _input, caller ) => {
	const job = await onReadyServer( app, caller, async ( _tx, server ) => {
		refuseWithoutGateway( server );
		return { request: { verb: 'deliver_former_mail' } };
	} );
	return accepted( job );
};
