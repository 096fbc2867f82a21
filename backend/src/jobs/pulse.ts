import { randomUUID } from 'node:crypto';
import type { AlertMessage, AlertReason, Observation, Trouble, WaitingReason } from '@email-gateway/shared';
import { openedText, overText } from '../alerts/words.ts';
import type { App } from '../app.ts';
import { addDelivery } from '../db/alert-deliveries.ts';
import { webhookOf } from '../db/places.ts';
import { keepSites } from '../db/server-sites.ts';
import { serverById, type Server } from '../db/servers.ts';
import { recordOf } from '../db/change-server.ts';
import { hasUnshown } from '../db/settings.ts';
import { siteById, type Site } from '../db/sites.ts';
import { endLook, type ClaimedWatch } from '../db/watches.ts';
import { isFailure } from '../errors.ts';
import type { Facts } from '../gateway/facts.ts';
import { neutral } from '../gateway/neutral-cause.ts';
import { conditionOf, observe } from '../gateway/observation.ts';
import { stepIncident, type Incident } from '../watch/incident.ts';
import { cursorOf } from '../ledger/keep.ts';
import type { LogPiece } from '../ledger/log-piece.ts';
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
	return facts.stuck > 0 ? 'waiting' : 'right';
}

/** Writes what was found and what is told of it at once, unless another worker has taken the server over. */
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
	const { incident, tell, nextLookMs: usualMs } = stepIncident( watch.incident, { trouble, at }, randomUUID );
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
		const about = incident ?? watch.incident;
		if ( isOurs && tell && about && ( await app.secrets.has( tx, webhookOf( site.id ) ) ) ) {
			await addDelivery(
				tx,
				site.id,
				messageOf( {
					...{ tell, about, at, site, server, trouble, waiting: found.waiting },
					reasons: toldReasons( found.reasons, await hasUnshown( tx, server ) ),
				} )
			);
		}
	} );
	if ( tell ) {
		app.log.info( { server: server.id, state: found.state, reason: found.reason, tell }, 'trouble told' );
	}
}

function messageOf( {
	tell,
	about,
	at,
	site,
	server,
	trouble,
	waiting,
	reasons,
}: {
	tell: 'opened' | 'still' | 'over';
	about: Incident;
	at: string;
	site: Site;
	server: Server;
	trouble: Trouble | null;
	waiting: number | null;
	reasons: AlertReason[];
} ): AlertMessage {
	const host = server.host ?? '';
	const link = `${ site.url.replace( /\/+$/, '' ) }/wp-admin/post.php?post=${ server.serverId }&action=edit`;
	return {
		version: 1,
		kind: tell,
		incident: about.id,
		at,
		site: site.url,
		server: { id: server.serverId, host, link },
		trouble,
		text: trouble
			? openedText( trouble, { host, reasons } )
			: overText( host, Date.parse( at ) - Date.parse( about.seenAt ) ),
		since: about.seenAt,
		waiting,
		reasons,
	};
}

/** A webhook may be read by those to whom defaults are not shown: of these our own codes are told, and those that many share. */
const toldReasons = ( reasons: readonly WaitingReason[], isUnshown: boolean ): AlertReason[] =>
	reasons.map( ( { cause, whose, passes, count } ) => ( {
		...{ cause: isUnshown ? neutral( cause ) : cause, whose, passes, count },
	} ) );
