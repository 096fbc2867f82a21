import { choosePassword } from '../../db/choose-password.ts';
import { refuseUnshown, submitSettings } from '../../db/settings.ts';
import { onReadyServer } from '../../jobs/on-server.ts';
import { refuseConsents } from '../../servers/consent.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** Makes the settings the submitted version and queues their install. */
export const installGateway: Call< 'installGateway' > = async ( app, input, caller ) => {
	const { password: choice, ...settings } = input.settings;
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		refuseConsents( input.consents, caller );
		await refuseUnshown( tx, server, caller );
		const chosen = await choosePassword( app, tx, { server, settings, choice, caller } );
		const version = await submitSettings( tx, app, { server, settings, ...chosen, by: caller.actor.login } );
		const request = {
			verb: 'install_gateway',
			...{ version, consents: input.consents.toSorted() },
			...{ siteUrl: caller.site.url, passwordTyped: choice.use === 'typed' },
		} as const;
		return { request };
	} );
	return accepted( job );
};
