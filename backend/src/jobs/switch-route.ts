import { overRouteBackup } from '../db/route-on-backup.ts';
import { routeOfUid, type KeptAccount, type KeptRoute, type KeptRoutes } from '../db/routes.ts';
import { GatewayError } from '../errors.ts';
import type { Facts } from '../gateway/facts.ts';
import { withRoute } from '../servers/route-change.ts';
import type { Remote } from '../ssh/remote.ts';
import { routeAlignmentStep } from './alignment-step.ts';
import { bringRoutes } from './bring-routes.ts';
import type { Done, JobContext } from './context.ts';
import { switchedNow } from './note-backup.ts';
import { byRouteBackup, openRouteIncident } from './note-route-backup.ts';
import type { RouteSwitch } from './request.ts';

/**
 * A route goes over to its backup, or back: its account is another one, which was signed in with, and all else of it stays. Who
 * is told of the job is told no host. Errors: not_found, where the route is gone; those of bringRoutes.
 */
export async function switchRoute(
	context: JobContext,
	remote: Remote,
	of: { facts: Facts; routes: KeptRoutes; uid: number; account: KeptAccount; backup: RouteSwitch }
): Promise< Done > {
	const { facts, routes, uid, account, backup } = of;
	const { app, server, job } = context;
	const before = routeOfUid( routes, uid );
	if ( ! before ) {
		throw new GatewayError( 'not_found' );
	}
	const { number: _, ...stays } = before;
	const set = { ...stays, ...account, accountAt: new Date().toISOString(), onBackup: null };
	const done = await bringRoutes( context, remote, {
		...{ facts, next: withRoute( routes, set ), retry: true },
		result: { verb: 'set_route' as const, smtpServer: '' },
		alsoRecord: async ( tx ) => overRouteBackup( tx, server, before, await byRouteBackup( tx, server, before ) ),
	} );
	if ( backup.to === 'first' ) {
		return done;
	}
	const alignments = await routeAlignmentStep( context, { ...before, ...account } );
	return {
		...done,
		record: async ( tx ) => {
			const first = before.onBackup?.first ?? accountOf( before );
			const mailOf = { uid };
			const switched = await switchedNow( tx, { job, server }, { why: backup.why, alignments, mailOf } );
			const onBackup = { ...switched, first };
			await done.keep( tx, withRoute( routes, { ...set, onBackup } ) );
			await openRouteIncident( app, tx, { server, route: before, onBackup } );
		},
	};
}

const accountOf = ( { account, smtpServer, smtpPort, userName, password }: KeptRoute ): KeptAccount => ( {
	...{ account, smtpServer, smtpPort, userName, password },
} );
