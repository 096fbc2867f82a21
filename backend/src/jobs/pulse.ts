import { randomUUID } from 'node:crypto';
import type { Observation, Trouble, WaitingReason, Whose } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { endIncident, keepIncident, keyOf } from '../db/incidents.ts';
import { keepSites } from '../db/server-sites.ts';
import { serverById, type Server } from '../db/servers.ts';
import { recordOf } from '../db/change-server.ts';
import { settingsVersion } from '../db/settings.ts';
import { siteById, type Site } from '../db/sites.ts';
import type { Tx } from '../db/tables.ts';
import { endLook, type ClaimedWatch } from '../db/watches.ts';
import { isFailure } from '../errors.ts';
import type { Facts } from '../gateway/facts.ts';
import { conditionOf, observe } from '../gateway/observation.ts';
import { topicOf } from '../incidents/key.ts';
import { stepSuspicion, type Suspicion } from '../incidents/suspicion.ts';
import { cursorOf } from '../ledger/keep.ts';
import type { LogPiece } from '../ledger/log-piece.ts';
import { deliveredSince } from '../ledger/delivered.ts';
import { settleGone } from '../ledger/settle.ts';
import { judge, type WatchState } from '../watch/judge.ts';
import { closelyMs, nextLookMs } from '../watch/next-look.ts';
import { compareInstalled } from './compare-installed.ts';
import { lastLookOf, reasonsBefore } from './look-at.ts';
import { followLog, type LogFollowed } from './follow-log.ts';
import { openConnection } from './session.ts';

/** A server that hangs costs its place for so long. */
const lookForMs = 15_000;

const silent: LogFollowed = { isMore: false, mailFlows: false };

interface Found {
	state: WatchState;
	/** Error code of a look that did not reach the server. */
	reason: string | null;
	/** null where it did not. */
	waiting: number | null;
	/** Why mail waits. */
	reasons: readonly WaitingReason[];
	log: LogFollowed;
}

/**
 * Looks at one server for nobody in particular: what it sees is kept as the last look, and trouble is told. It is no
 * job, so a person's job neither waits for it nor lists it.
 */
export async function lookForPulse( app: App, watch: ClaimedWatch, stopping: AbortSignal ): Promise< void > {
	const server = await serverById( app.db, app.vault, watch.server );
	if ( ! server ) {
		return;
	}
	const site = await siteById( app.db, app.vault, server.siteId );
	const signal = AbortSignal.any( [ stopping, AbortSignal.timeout( lookForMs ) ] );
	const found = await see( app, { server, site }, signal ).catch( ( error: unknown ): Found => {
		stopping.throwIfAborted();
		if ( isFailure( error ) ) {
			return { state: 'unreachable', reason: error.code, waiting: null, reasons: [], log: silent };
		}
		if ( signal.aborted ) {
			return { state: 'unreachable', reason: 'server_timed_out', waiting: null, reasons: [], log: silent };
		}
		throw error;
	} );
	await keep( app, { watch, server, site, found } );
}

async function see(
	app: App,
	{ server, site }: { server: Server; site: Site },
	signal: AbortSignal
): Promise< Found > {
	const connection = { app, server, job: null, isApplying: () => false };
	const remote = await openConnection( connection, { signal } );
	try {
		let first: LogPiece | null = null;
		const log = { after: await cursorOf( app.db, server.id ), onPiece: ( piece: LogPiece ) => ( first = piece ) };
		const facts = await app.tools.look( remote, { signal, log } );
		const followed = await followLog( app, { server, remote, signal }, first );
		if ( facts.queue === 0 && ! followed.isMore ) {
			await settleGone( app.db, server.id );
		}
		const mail = observe( facts, await compareInstalled( { app, server, site }, facts ), reasonsBefore( server ) );
		const unfinished = facts.unfinished !== null;
		await recordOf( app.db, server, {
			lastLook: lastLookOf( { site, server }, remote, facts, mail ),
			unfinished,
		} );
		await keepSites( app.db, server, facts );
		return {
			state: stateOf( facts, mail ),
			reason: null,
			waiting: facts.queue,
			reasons: mail.reasons,
			log: followed,
		};
	} finally {
		remote.close();
	}
}

/** Worst first: what keeps mail from going at all stands before what only differs. */
function stateOf( facts: Facts, observation: Observation ): WatchState {
	if ( facts.packages.postfix === undefined || facts.sendmail !== 'postfix' ) {
		return 'replaced';
	}
	if ( facts.unfinished ) {
		return 'unfinished';
	}
	const condition = conditionOf( observation );
	if ( condition !== 'right' ) {
		return condition === 'stopped' ? 'stopped' : 'changed';
	}
	if ( facts.stuck === 0 ) {
		return 'right';
	}
	const [ first ] = observation.reasons;
	return first?.passes === false && refusing.some( ( one ) => one === first.whose ) ? 'refused' : 'waiting';
}

/** Whose matter does not end by waiting: the provider has said no, and who can fix it is told at once. */
const refusing: readonly Whose[] = [ 'login', 'account', 'sender' ];

/** Writes what was found, and what it makes of the incident, at once, unless another worker has taken the server over. */
async function keep(
	app: App,
	{ watch, server, site, found }: { watch: ClaimedWatch; server: Server; site: Site; found: Found }
): Promise< void > {
	const at = new Date().toISOString();
	const before = {
		state: watch.state as WatchState | null,
		since: watch.since?.toISOString() ?? null,
		isTold: Boolean( watch.incident?.openedAt ),
	};
	const { since, trouble } = judge( found.state, { before, at } );
	const { incident, became, nextLookMs: usualMs } = stepSuspicion( watch.incident, { trouble, at }, randomUUID );
	await app.db.transaction().execute( async ( tx ) => {
		const isOurs = await endLook( tx, watch, {
			state: found.state,
			reason: found.reason,
			since: new Date( since ),
			lookedAt: found.waiting === null ? null : new Date( at ),
			incident,
			nextLookMs: found.log.isMore
				? 0
				: nextLookMs( { ...found, since, at }, found.log.mailFlows ? Math.min( usualMs, closelyMs ) : usualMs ),
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
}

async function keepOpen(
	{ vault }: App,
	tx: Tx,
	{
		server,
		site,
		found,
		trouble,
		incident,
	}: { server: Server; site: Site; found: Found; trouble: Trouble; incident: Suspicion }
): Promise< void > {
	const installed = await settingsVersion( tx, server, server.installedVersion );
	const settings = installed?.settings ?? null;
	const topic = topicOf( trouble, { server: server.id, reasons: found.reasons, settings } );
	await keepIncident( tx, {
		...{ id: incident.id, siteId: site.id, server: server.id, kind: 'gateway', trouble },
		key: keyOf( vault, topic ),
		seenAt: new Date( incident.seenAt ),
		openedAt: new Date( incident.openedAt ?? incident.seenAt ),
		detail: {
			waiting: found.waiting,
			reasons: found.reasons.map( ( reason ) => ( { ...reason, reply: '' } ) ),
			...( 'host' in topic ? { provider: topic.host } : {} ),
		},
	} );
}
