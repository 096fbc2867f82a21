import { recentJobsOf, recentTests } from '../../db/jobs.ts';
import { namedUser } from '../../db/named-user.ts';
import { routesOn } from '../../db/routes.ts';
import { hasUnshownSettings, settingsVersion } from '../../db/settings.ts';
import { onReadyServer } from '../../jobs/on-server.ts';
import { refOf } from '../../servers/caller.ts';
import { refuseWithoutGateway } from '../../servers/gateway-there.ts';
import { refuseManyJobs, refuseManyTests } from '../../servers/quotas.ts';
import { testSender, testSenderOfRoute } from '../../servers/test-sender.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

export const sendTestEmail: Call< 'sendTestEmail' > = async ( app, { from, to, uid }, caller ) => {
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		refuseWithoutGateway( server );
		refuseManyTests( await recentTests( tx, server ) );
		const asked = { siteId: caller.site.id, login: caller.actor.login, verb: 'send_test_email' } as const;
		refuseManyJobs( await recentJobsOf( tx, { ...asked, account: null } ) );
		const user = uid === null ? null : await namedUser( tx, server, uid );
		const { routes } = user ? await routesOn( { db: tx, secrets: app.secrets }, server ) : { routes: [] };
		const route = routes.find( ( one ) => one.uid === uid );
		const installed = await settingsVersion( tx, refOf( caller ), server.installedVersion );
		const known = { domain: installed?.settings.sendingDomain, isUnshown: await hasUnshownSettings( tx, server ) };
		const sender = route ? testSenderOfRoute( from, route ) : testSender( from, known, caller );
		const as = user && { as: { ...user, account: route?.account ?? null } };
		return { request: { verb: 'send_test_email', from: sender, to, siteName: caller.site.name, ...as } };
	} );
	return accepted( job );
};
