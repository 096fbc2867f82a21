import { recordOf } from '../db/change-server.ts';
import { GatewayError } from '../errors.ts';
import type { Facts } from '../gateway/facts.ts';
import { observe } from '../gateway/observation.ts';
import { managedElsewhere } from '../gateway/refusal.ts';
import { compareInstalled } from './compare-installed.ts';
import type { JobContext, VerbOf } from './context.ts';
import { flushStep, seenAfter } from './flush-step.ts';
import { lastLookOf, seenBefore, withLook } from './look-at.ts';
import type { JobRequest } from './request.ts';

/**
 * Tries at once what waits, and what the gateway holds: after the mend nobody has to wait for the next try.
 * Errors: gateway_not_installed, managed_by_another_site.
 */
export const deliverWaitingMail: VerbOf< Extract< JobRequest, { verb: 'deliver_waiting_mail' } > > = (
	context,
	{ older: choice }
) =>
	withLook( context, async ( remote, facts ) => {
		const { server } = context;
		const { queue } = facts;
		refuseNotOurs( context, facts );
		const { delivered, waiting, older } = await flushStep( context, remote, { queue, older: choice } );
		const missing = await compareInstalled( context, facts );
		const after = seenAfter( facts, { delivered } );
		const mail = observe( after, missing, seenBefore( server ) );
		const lastLook = await lastLookOf( context, remote, after, mail );
		return {
			result: { verb: 'deliver_waiting_mail', choice, delivered, stillWaiting: waiting, older },
			record: ( tx ) => recordOf( tx, server, { lastLook } ),
		};
	} );

/** The mail of another gateway is not ours to send. Errors: gateway_not_installed, managed_by_another_site. */
export function refuseNotOurs( { job, site }: JobContext, facts: Facts ): void {
	const { marker } = facts;
	if ( ! marker ) {
		throw new GatewayError( 'gateway_not_installed' );
	}
	if ( marker.site.id !== site.id || marker.serverId !== job.serverId ) {
		throw managedElsewhere( marker, facts, site );
	}
}
