import type { EventDetail, Observation, Step } from '@email-gateway/shared';
import type { Server } from '../db/servers.ts';
import { recordOf } from '../db/change-server.ts';
import type { Facts } from '../gateway/facts.ts';
import { nothingBefore, observe, type Before } from '../gateway/observation.ts';
import { supportOf } from '../gateway/refusal.ts';
import { shortReasons } from '../ledger/addresses.ts';
import { addressFormOf } from '../ledger/address-form.ts';
import type { Remote } from '../ssh/remote.ts';
import { compareInstalled } from './compare-installed.ts';
import type { JobContext } from './context.ts';
import { waysOfRoutes } from './ways-of-routes.ts';
import { withRemote } from './session.ts';
import { keepSites } from '../db/server-sites.ts';
import { keepSideDoors } from '../db/side-doors.ts';
import { json, type JsonText, type LastLook } from '../db/tables.ts';

/** Opens the job's one connection and looks at the server before anything else. Errors: those of both and of `act`. */
export const withLook = < T >(
	context: JobContext,
	act: ( remote: Remote, facts: Facts ) => Promise< T >
): Promise< T > => withRemote( context, async ( remote ) => act( remote, await lookAt( context, remote ) ) );

/** Looks at the server as one step, and keeps what the screen shows of it. Errors: those of `look`. */
export async function lookAt( context: JobContext, remote: Remote, step: Step = 'look' ): Promise< Facts > {
	const { app, server } = context;
	return context.step( step, async () => {
		const facts = await app.tools.look( remote, { signal: context.stopSignal() } );
		if ( facts.leftovers ) {
			await app.tools.tidy( remote, { signal: context.stopSignal() } );
		}
		const plan = await compareInstalled( context, facts );
		const mail = observe( facts, plan, seenBefore( server ), await waysOfRoutes( context, facts ) );
		const lastLook = await lastLookOf( context, remote, facts, mail );
		// a change of this very job that still runs is no broken one
		const unfinished = facts.unfinished !== null && facts.unfinished.jobId !== context.job.id;
		await recordOf( app.db, server, { lastLook, unfinished } );
		await keepSites( app.db, server, facts );
		await keepSideDoors( app.db, server, facts );
		return { value: facts, detail: { asRoot: remote.asRoot(), ...toldOf( facts ) } };
	} );
}

/**
 * What is kept of a look; without `seen` the server lacks nothing of what was installed. Words of a provider may quote
 * addresses: they are kept as the site keeps addresses.
 */
export async function lastLookOf(
	of: Pick< JobContext, 'app' | 'site' | 'server' >,
	remote: Pick< Remote, 'asRoot' >,
	facts: Facts,
	seen?: Observation
): Promise< JsonText< LastLook > > {
	const form = await addressFormOf( of.app.db, of.site.id );
	const mail = seen ?? observe( facts, [], seenBefore( of.server ), await waysOfRoutes( of, facts ) );
	return json( {
		at: new Date().toISOString(),
		system: facts.system.prettyName,
		support: supportOf( facts.system ),
		asRoot: remote.asRoot(),
		mail: { ...mail, reasons: shortReasons( mail.reasons, form ) },
		gateway: gatewayOn( facts, of ),
	} );
}

/** What the look before saw; what was kept before we told has none of it. */
export const seenBefore = ( { lastLook: look }: Pick< Server, 'lastLook' > ): Before => ( {
	...nothingBefore,
	...look?.mail,
} );

/** What lies on the server counts, over what was recorded: an entry may have been forgotten, or a job never seen to end. */
function gatewayOn(
	{ marker }: Facts,
	{ site, server }: Pick< JobContext, 'site' | 'server' >
): 'ours' | 'of_another' | null {
	if ( marker === null ) {
		return null;
	}
	return marker.site.id === site.id && marker.serverId === server.serverId ? 'ours' : 'of_another';
}

/** `exim4-daemon-light`, `postfix`, …; null where nothing sends mail. */
export const mailSystemOf = ( { sendmail }: Facts ): string | null => ( sendmail === 'none' ? null : sendmail );

function toldOf( facts: Facts ): EventDetail {
	return {
		system: facts.system.prettyName,
		mailSystem: mailSystemOf( facts ),
		postfixVersion: facts.postfixVersion,
		waiting: facts.queue,
		oldWaiting: facts.oldQueue,
		unfinished: facts.unfinished !== null,
	};
}
