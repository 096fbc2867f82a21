import { choosePassword } from '../../db/choose-password.ts';
import { refuseUnshown } from '../../db/settings.ts';
import { onReadyServer } from '../../jobs/on-server.ts';
import { refuseConsents } from '../../servers/consent.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** What an install would change. A typed password is kept with the job only, until it ends. */
export const previewChanges: Call< 'previewChanges' > = async ( app, input, caller ) => {
	const { password: choice, ...settings } = input.settings;
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		refuseConsents( input.consents, caller );
		await refuseUnshown( tx, server, caller );
		const chosen = await choosePassword( app, tx, { server, settings, choice, caller } );
		const request = {
			verb: 'preview_changes',
			...{ settings, consents: input.consents.toSorted() },
			...{ withDefaults: chosen.account !== null, passwordTyped: choice.use === 'typed' },
			siteUrl: caller.site.url,
		} as const;
		return { request, password: { secret: chosen.password, keepWithJob: true } };
	} );
	return accepted( job );
};
