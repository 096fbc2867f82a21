import { recentJobsOf, recentTests } from '../../db/jobs.ts';
import { hasUnshownSettings, settingsVersion } from '../../db/settings.ts';
import { onReadyServer } from '../../jobs/on-server.ts';
import { refOf } from '../../servers/caller.ts';
import { refuseWithoutGateway } from '../../servers/gateway-there.ts';
import { refuseManyJobs, refuseManyTests } from '../../servers/quotas.ts';
import { testSender } from '../../servers/test-sender.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

export const sendTestEmail: Call< 'sendTestEmail' > = async ( app, { from, to }, caller ) => {
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		refuseWithoutGateway( server );
		refuseManyTests( await recentTests( tx, server ) );
		const asked = { siteId: caller.site.id, login: caller.actor.login, verb: 'send_test_email' } as const;
		refuseManyJobs( await recentJobsOf( tx, { ...asked, account: null } ) );
		const installed = await settingsVersion( tx, refOf( caller ), server.installedVersion );
		const known = { domain: installed?.settings.sendingDomain, isUnshown: await hasUnshownSettings( tx, server ) };
		const sender = testSender( from, known, caller );
		return { request: { verb: 'send_test_email', from: sender, to, siteName: caller.site.name } };
	} );
	return accepted( job );
};
