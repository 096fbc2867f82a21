import { randomUUID } from 'node:crypto';
import type { Trouble, WaitingReason } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { endIncident, keepIncident, keyOf } from '../db/incidents.ts';
import type { Server } from '../db/servers.ts';
import { routesOn } from '../db/routes.ts';
import { settingsVersion } from '../db/settings.ts';
import type { Site } from '../db/sites.ts';
import type { Tx } from '../db/tables.ts';
import { endLook, putOffLook, type ClaimedWatch } from '../db/watches.ts';
import { topicOf } from '../incidents/key.ts';
import { stepSuspicion, type Suspicion } from '../incidents/suspicion.ts';
import { deliveredSince } from '../ledger/delivered.ts';
import { judge, type WatchState } from '../watch/judge.ts';
import { closelyMs, nextLookMs } from '../watch/next-look.ts';
import type { LogFollowed } from './follow-log.ts';

/** When a look that proved nothing is repeated. */
const againMs = 15_000;

/** What one look of the pulse found. */
export interface Found {
	state: WatchState;
	/** Error code of a look that did not reach the server. */
	reason: string | null;
	/** null where it did not. */
	waiting: number | null;
	/** Seconds since the oldest of what waits arrived; null where none does, or that is not known. */
	oldestS: number | null;
	/** Why mail waits. */
	reasons: readonly WaitingReason[];
	/** Others on the server could read a password of the gateway. */
	exposed?: boolean;
	/** What is wrong beside the gateway is looked at again after so long; null: nothing is. */
	besideMs: number | null;
	log: LogFollowed;
	/** The server let us in, and did not end in time. */
	isSlow?: boolean;
	/** Nothing came in time, and this process was late itself: it says nothing about the server. */
	provesNothing?: boolean;
}

interface Looked {
	watch: ClaimedWatch;
	server: Server;
	site: Site;
	found: Found;
	/** How long the look took. */
	tookMs: number;
}

/**
 * Writes what was found, and what it makes of the incident, at once, unless another worker has taken the server over.
 *
 * @return whether an incident began or ended
 */
export async function keepLook( app: App, { watch, server, site, found, tookMs }: Looked ): Promise< boolean > {
	if ( found.provesNothing ) {
		app.log.warn( { server: server.id }, 'a look proved nothing: this process was late itself' );
		await putOffLook( app.db, watch, Math.max( 0, againMs - tookMs ) );
		return false;
	}
	const at = new Date().toISOString();
	const before = {
		state: watch.state as WatchState | null,
		since: watch.since?.toISOString() ?? null,
		isTold: Boolean( watch.incident?.openedAt ),
	};
	const { since, trouble, youngForMs } = judge( found.state, { before, at, oldestS: found.oldestS } );
	const { isSlow } = found;
	const {
		incident,
		became,
		nextLookMs: usualMs,
	} = stepSuspicion( watch.incident, { trouble, at, since, isSlow }, randomUUID );
	const soonestMs = Math.min(
		...[ usualMs, youngForMs ?? usualMs, found.besideMs ?? usualMs ],
		found.log.mailFlows ? closelyMs : usualMs
	);
	const nextMs = found.log.isMore && ! found.log.isFull ? 0 : nextLookMs( { ...found, since, at }, soonestMs );
	// what is only slow is shown as it was seen last
	const isShown = ! isSlow || Boolean( incident?.openedAt ) || watch.state === null;
	await app.db.transaction().execute( async ( tx ) => {
		const isOurs = await endLook( tx, watch, {
			...( isShown
				? { state: found.state, reason: found.reason, since: new Date( since ) }
				: {
						state: watch.state ?? found.state,
						reason: watch.reason,
						since: watch.since ?? new Date( since ),
				  } ),
			lookedAt: found.waiting === null ? null : new Date( at ),
			incident,
			nextLookMs: Math.max( 0, nextMs - tookMs ),
		} );
		if ( ! isOurs ) {
			return;
		}
		if ( incident?.openedAt && trouble ) {
			await keepOpen( app, tx, { server, site, found, trouble, incident } );
		} else if ( became === 'over' && watch.incident ) {
			const delivered = await deliveredSince( tx, server.id, new Date( watch.incident.seenAt ) );
			await endIncident( tx, { siteId: site.id, server: server.id, kind: 'gateway' }, delivered );
		}
	} );
	if ( became ) {
		app.log.info( { server: server.id, state: found.state, reason: found.reason, became }, 'incident' );
	}
	return became !== null;
}

/** By which account that leaves which most of what waits has met. */
async function accountOfMost(
	{ secrets }: App,
	tx: Tx,
	{ server, found }: { server: Server; found: Found }
): Promise< { smtpServer: string; userName: string } | null > {
	const uid = found.reasons[ 0 ]?.route?.uid;
	if ( uid !== undefined ) {
		const { routes } = await routesOn( { db: tx, secrets }, server );
		return routes.find( ( route ) => route.uid === uid ) ?? null;
	}
	return ( await settingsVersion( tx, server, server.installedVersion ) )?.settings ?? null;
}

async function keepOpen(
	app: App,
	tx: Tx,
	{
		server,
		site,
		found,
		trouble,
		incident,
	}: { server: Server; site: Site; found: Found; trouble: Trouble; incident: Suspicion }
): Promise< void > {
	const settings = await accountOfMost( app, tx, { server, found } );
	const topic = topicOf( trouble, { server: server.id, reasons: found.reasons, settings } );
	await keepIncident( tx, {
		...{ id: incident.id, siteId: site.id, server: server.id, kind: 'gateway', trouble },
		key: keyOf( app.vault, topic ),
		seenAt: new Date( incident.seenAt ),
		openedAt: new Date( incident.openedAt ?? incident.seenAt ),
		detail: {
			...{ waiting: found.waiting, oldestS: found.oldestS },
			reason: found.reason,
			...( found.exposed ? { exposed: true } : {} ),
			reasons: found.reasons.map( ( reason ) => ( { ...reason, reply: '' } ) ),
			...( 'host' in topic ? { provider: topic.host } : {} ),
		},
	} );
}
