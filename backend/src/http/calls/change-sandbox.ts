import { sandboxOn } from '../../db/sandbox.ts';
import { refuseUnshown } from '../../db/settings.ts';
import { GatewayError } from '../../errors.ts';
import { onReadyServer } from '../../jobs/on-server.ts';
import { refuseWithoutGateway } from '../../servers/gateway-there.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** What turning it on would change. */
export const previewSandbox: Call< 'previewSandbox' > = async ( app, { rules }, caller ) => {
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		refuseWithoutGateway( server );
		await refuseUnshown( tx, server, caller );
		return { request: { verb: 'preview_sandbox', rules } };
	} );
	return accepted( job );
};

/** Keeps the mail of a server from leaving. */
export const turnOnSandbox: Call< 'turnOnSandbox' > = async ( app, { rules }, caller ) => {
	const job = await onReadyServer( app, caller, async ( _tx, server ) => {
		refuseWithoutGateway( server );
		return { request: { verb: 'turn_on_sandbox', rules } };
	} );
	return accepted( job );
};

/** Lets mail leave again. */
export const turnOffSandbox: Call< 'turnOffSandbox' > = async ( app, { held }, caller ) => {
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		refuseWithoutGateway( server );
		if ( ! ( await sandboxOn( { db: tx, secrets: app.secrets }, server ) ) ) {
			throw new GatewayError( 'not_found' );
		}
		return { request: { verb: 'turn_off_sandbox', held } };
	} );
	return accepted( job );
};
