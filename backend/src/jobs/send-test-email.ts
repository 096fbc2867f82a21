import { randomBytes } from 'node:crypto';
import { recordOf } from '../db/change-server.ts';
import { sandboxOn } from '../db/sandbox.ts';
import { noteProved } from '../db/accounts.ts';
import { settingsVersion } from '../db/settings.ts';
import { json } from '../db/tables.ts';
import type { VerbOf } from './context.ts';
import type { JobRequest } from './request.ts';
import { withRemote } from './session.ts';
import { accountOfTest, holdingRules, nobody } from './test-as.ts';

/**
 * Sends one mail through the server's own sendmail, as one of its Unix users or as its own, and follows it to the provider's
 * reply. Errors: test_*, unix_user_unknown.
 */
export const sendTestEmail: VerbOf< Extract< JobRequest, { verb: 'send_test_email' } > > = (
	context,
	{ from, to, siteName, as = null }
) =>
	withRemote( context, async ( remote ) => {
		const { app, server, stopSignal, onStep } = context;
		const ref = { siteId: server.siteId, serverId: server.serverId };
		const installed = await settingsVersion( app.db, ref, server.installedVersion );
		const provider = installed?.settings ?? null;
		const sandbox = await sandboxOn( app, server );
		const rules = await holdingRules( app, server );
		const token = randomBytes( 16 ).toString( 'hex' );
		const proved = await app.tools.prove(
			remote,
			{
				...{ from, to, token, siteName, provider, rules, sandbox: sandbox?.rules ?? null },
				uid: as ? as.uid : nobody( rules ),
			},
			{ signal: stopSignal(), onStep }
		);
		const { sentAs, account } = await accountOfTest( app, server, { as, installed } );
		// who got the server since is not told where its former owner's mail goes
		const isFormer = sandbox && server.handedAt && new Date( sandbox.at ) < server.handedAt;
		const test = {
			...proved,
			...( sentAs && { sentAs } ),
			...( isFormer && proved.sandbox && { sandbox: { ...proved.sandbox, mailbox: null } } ),
		};
		const lastTest = json( { ...test, at: new Date().toISOString() } );
		return {
			result: { verb: 'send_test_email', test },
			// a test that the provider was not asked about says nothing of the gateway, nor does one of a site
			record: async ( tx ) => {
				if ( ! as && test.outcome !== 'sandboxed' && test.outcome !== 'held' ) {
					await recordOf( tx, server, { lastTest } );
				}
				if ( account && test.outcome === 'accepted' ) {
					await noteProved( tx, { siteId: ref.siteId, ...account, by: 'test_email' } );
				}
			},
		};
	} );
