import { randomBytes } from 'node:crypto';
import { recordOf } from '../db/change-server.ts';
import { settingsVersion } from '../db/settings.ts';
import { json } from '../db/tables.ts';
import type { VerbOf } from './context.ts';
import type { JobRequest } from './request.ts';
import { withRemote } from './session.ts';

/** Sends one mail through the server's own sendmail and follows it to the provider's reply. Errors: test_*. */
export const sendTestEmail: VerbOf< Extract< JobRequest, { verb: 'send_test_email' } > > = (
	context,
	{ from, to, siteName }
) =>
	withRemote( context, async ( remote ) => {
		const { app, server, stopSignal, onStep } = context;
		const ref = { siteId: server.siteId, serverId: server.serverId };
		const installed = await settingsVersion( app.db, ref, server.installedVersion );
		const provider = installed?.settings ?? null;
		const token = randomBytes( 16 ).toString( 'hex' );
		const test = await app.tools.prove(
			remote,
			{ from, to, token, siteName, provider },
			{ signal: stopSignal(), onStep }
		);
		const lastTest = json( { ...test, at: new Date().toISOString() } );
		return {
			result: { verb: 'send_test_email', test },
			record: ( tx ) => recordOf( tx, server, { lastTest } ),
		};
	} );
