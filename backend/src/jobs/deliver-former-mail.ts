import type { VerbOf } from './context.ts';
import { refuseNotOurs } from './deliver-waiting-mail.ts';
import { lookAt, withLook } from './look-at.ts';
import type { JobRequest } from './request.ts';

/**
 * Hands the queue of the mail system that the gateway replaced to the gateway. It stays there until Postfix has it.
 * Errors: gateway_not_installed, managed_by_another_site.
 */
export const deliverFormerMail: VerbOf< Extract< JobRequest, { verb: 'deliver_former_mail' } > > = ( context ) =>
	withLook( context, async ( remote, facts ) => {
		refuseNotOurs( context, facts );
		const told = await context.step( 'hand_over', async () => {
			const value = await context.app.tools.deliverFormerMail( remote, { signal: context.stopSignal() } );
			return { value, detail: { ...value } };
		} );
		// records what is there now, with what has just come into the queue of the gateway
		const { oldQueue } = await lookAt( context, remote, 'look_again' );
		return { result: { verb: 'deliver_former_mail', ...told, left: oldQueue } };
	} );
