import { holdGenuine } from '../../db/refuse-forgery.ts';
import { takeAddress } from '../../db/save-connection.ts';
import { thenCheck } from '../../jobs/on-server.ts';
import { heldFor } from '../../servers/caller.ts';
import { refuseUncheckable } from '../../servers/readiness.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/**
 * Checks the connection as it is known. Where another plugin keeps it, this takes its address: a new one drops the
 * pinned key and the trust, as one that is typed does, and only who may change a connection comes here.
 */
export const checkConnection: Call< 'checkConnection' > = async ( app, _input, caller ) => {
	const { connection } = caller;
	const job = await thenCheck( app, caller, async ( tx ) => {
		const server = await holdGenuine( app, tx, heldFor( caller ) );
		refuseUncheckable( server, connection );
		if ( connection ) {
			await takeAddress( app, tx, server, connection, caller );
		}
	} );
	return accepted( job );
};
