import { holdGenuine } from '../../db/refuse-forgery.ts';
import { saveConnection as save } from '../../db/save-connection.ts';
import { GatewayError } from '../../errors.ts';
import { thenCheck } from '../../jobs/on-server.ts';
import { heldFor } from '../../servers/caller.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** Saves how to reach a server, then checks it. */
export const saveConnection: Call< 'saveConnection' > = async ( app, { connection }, caller ) => {
	if ( caller.connection ) {
		throw new GatewayError( 'connection_supplied' );
	}
	const { signIn } = connection;
	if ( signIn.kind === 'private_key' && signIn.privateKey.use === 'typed' ) {
		// what can be told without opening it: the rest costs time, and is told by the job
		const passphrase = signIn.passphrase?.use === 'typed' ? signIn.passphrase.value : signIn.passphrase && '';
		app.tools.refuseUnreadable( signIn.privateKey.value, passphrase );
	}
	const job = await thenCheck( app, caller, async ( tx ) =>
		save( app, tx, await holdGenuine( app, tx, heldFor( caller ) ), connection, caller )
	);
	return accepted( job );
};
