import { trustKey } from '../../db/save-connection.ts';
import { holdServer } from '../../db/servers.ts';
import { thenCheck } from '../../jobs/on-server.ts';
import { heldFor } from '../../servers/caller.ts';
import { refuseElsewhere } from '../../servers/readiness.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** Pins the key a person compared, then checks the connection. */
export const trustHostKey: Call< 'trustHostKey' > = async ( app, { fingerprint }, caller ) => {
	const job = await thenCheck( app, caller, async ( tx ) => {
		const server = await holdServer( tx, app.vault, heldFor( caller ) );
		refuseElsewhere( server, caller.connection );
		await trustKey( app, tx, server, fingerprint, caller );
	} );
	return accepted( job );
};
