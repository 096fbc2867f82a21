import { routeDomains } from '../servers/route-change.ts';
import { signedIn } from './bring-routes.ts';
import type { VerbOf } from './context.ts';
import { withLook } from './look-at.ts';
import type { JobRequest } from './request.ts';

/**
 * Before a route is set: signs in with its account, and asks DNS what receivers will make of each domain of its senders
 * there. Changes nothing. Errors: those of signedIn.
 */
export const checkRoute: VerbOf< Extract< JobRequest, { verb: 'check_route' } > > = (
	context,
	{ verb, user: _, senders: asked, account = null, ...signIn }
) =>
	withLook( context, async ( remote, facts ) => {
		await signedIn( context, remote, { facts, account: { ...signIn, account } } );
		const { smtpServer, userName } = signIn;
		const { dnsServers } = context.app.config;
		const senders = await context.step( 'sender', async () => ( {
			value: await Promise.all(
				routeDomains( asked ).map( ( sendingDomain ) =>
					context.app.tools.checkSender( {
						...{ question: { smtpServer, userName, sendingDomain }, dnsServers },
						signal: context.stopSignal(),
					} )
				)
			),
		} ) );
		return { result: { verb, senders } };
	} );
