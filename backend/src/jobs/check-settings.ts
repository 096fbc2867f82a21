import { noteProved } from '../db/accounts.ts';
import { jobPassword } from '../db/places.ts';
import { GatewayError } from '../errors.ts';
import type { VerbOf } from './context.ts';
import { checkStep } from './preflight-step.ts';
import type { JobRequest } from './request.ts';
import { withRemote } from './session.ts';

/**
 * Looks at the provider from the server's own network and signs in there, then asks DNS what receivers will make of
 * the Sending Domain. Changes and sends nothing; why mail would not go is part of the result. Errors: server_address_refused, where a customer names an inner address.
 */
export const checkSettings: VerbOf< Extract< JobRequest, { verb: 'check_settings' } > > = (
	context,
	{ settings, account }
) =>
	withRemote( context, async ( remote ) => {
		const { app, job } = context;
		const password = await app.secrets.read( app.db, jobPassword( job ) );
		if ( ! password ) {
			throw new GatewayError( 'password_required' );
		}
		const checked = await checkStep( context, remote, { settings, password } );
		const sender = await context.step( 'sender', async () => {
			const { dnsServers } = app.config;
			return {
				value: await app.tools.checkSender( { question: settings, dnsServers, signal: context.stopSignal() } ),
			};
		} );
		return {
			result: { verb: 'check_settings', ...checked, sender },
			record: async ( tx ) => {
				if ( account && checked.login === 'accepted' && ! checked.problem ) {
					await noteProved( tx, { siteId: context.site.id, ...account, by: 'sign_in' } );
				}
			},
		};
	} );
