import { onReadyServer } from '../../jobs/on-server.ts';
import { refuseWithoutGateway } from '../../servers/gateway-there.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

export const refreshQueue: Call< 'refreshQueue' > = async ( app, _asked, caller ) =>
	accepted(
		await onReadyServer( app, caller, async ( _tx, server ) => {
			refuseWithoutGateway( server );
			return { request: { verb: 'read_queue' } };
		} )
	);
