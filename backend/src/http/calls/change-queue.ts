import { onReadyServer } from '../../jobs/on-server.ts';
import { refuseWithoutGateway } from '../../servers/gateway-there.ts';
import { accepted } from '../../views/answers.ts';
import { chosenIds } from '../../views/queue.ts';
import type { Call } from '../call.ts';

/** The messages are those of the list that the person has seen: what came in since is not meant. */
export const changeQueue: Call< 'changeQueue' > = async ( app, change, caller ) => {
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		refuseWithoutGateway( server );
		const ids = await chosenIds( { ...app, db: tx }, caller, change );
		return { request: { verb: 'change_queue', action: change.action, ids } };
	} );
	return accepted( job );
};
