import { choosePassword } from '../../db/choose-password.ts';
import { recentJobsOf } from '../../db/jobs.ts';
import { onReadyServer } from '../../jobs/on-server.ts';
import { refuseManyJobs } from '../../servers/quotas.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** Asks the provider from the server. A typed password is kept with the job only, until it ends. */
export const checkSettings: Call< 'checkSettings' > = async ( app, input, caller ) => {
	const { password: choice, ...settings } = input.settings;
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		const asked = { siteId: caller.site.id, login: caller.actor.login, verb: 'check_settings' } as const;
		refuseManyJobs( await recentJobsOf( tx, { ...asked, account: settings } ) );
		const chosen = await choosePassword( app, tx, { server, settings, choice, caller } );
		const withDefaults = chosen.account !== null;
		return {
			request: { verb: 'check_settings', settings, withDefaults },
			password: { secret: chosen.password, keepWithJob: true },
		};
	} );
	return accepted( job );
};
