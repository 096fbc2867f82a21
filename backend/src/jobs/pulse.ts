import type { Observation } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { keepSites } from '../db/server-sites.ts';
import { keepSideDoors } from '../db/side-doors.ts';
import { serverById, type Server } from '../db/servers.ts';
import { recordOf } from '../db/change-server.ts';
import { siteById, type Site } from '../db/sites.ts';
import type { ClaimedWatch } from '../db/watches.ts';
import { isFailure } from '../errors.ts';
import type { Facts } from '../gateway/facts.ts';
import { conditionOf, conditionOfWaiting, observe } from '../gateway/observation.ts';
import { cursorOf } from '../ledger/keep.ts';
import type { LogPiece } from '../ledger/log-piece.ts';
import { settleGone } from '../ledger/settle.ts';
import { isTriedAgain } from '../ledger/tried-again.ts';
import { besideMs, besideOf } from '../watch/beside.ts';
import type { WatchState } from '../watch/judge.ts';
import { isOwnFault, noticeOwnLateness } from '../watch/own-lateness.ts';
import { compareInstalled } from './compare-installed.ts';
import { considerBackup } from './consider-backup.ts';
import { considerRouteBackups } from './consider-route-backups.ts';
import { followLog } from './follow-log.ts';
import { keepBeside } from './keep-beside.ts';
import { keepLook, type Found } from './keep-look.ts';
import { lastLookOf, seenBefore } from './look-at.ts';
import { keepOverCaps } from './over-cap.ts';
import { openConnection, trustAgain } from './session.ts';
import { waysOfRoutes } from './ways-of-routes.ts';

/** A server that hangs costs its place for so long. */
const longestMs = 15_000;

/**
 * Looks at one server for nobody in particular: what it sees is kept as the last look, and trouble is told. It is no
 * job, so a person's job neither waits for it nor lists it.
 *
 * @param lookForMs tests: how long it may take
 * @return whether an incident began or ended: people are to be told
 */
export async function lookForPulse(
	app: App,
	watch: ClaimedWatch,
	stopping: AbortSignal,
	lookForMs = longestMs
): Promise< boolean > {
	const server = await serverById( app.db, app.vault, watch.server );
	if ( ! server ) {
		return false;
	}
	const site = await siteById( app.db, app.vault, server.siteId );
	const signal = AbortSignal.any( [ stopping, AbortSignal.timeout( lookForMs ) ] );
	const own = noticeOwnLateness();
	const startedMs = performance.now();
	let isAnswering = false;
	const onAnswer = () => ( isAnswering = true );
	let isNews = false;
	const onNews = () => ( isNews = true );
	const found = await see( app, { server, site, watch, onAnswer, onNews, stopping }, signal )
		.catch( ( error: unknown ): Found => {
			stopping.throwIfAborted();
			const reason = isFailure( error ) ? error.code : signal.aborted ? 'server_timed_out' : null;
			if ( reason === null ) {
				throw error;
			}
			const isLate = reason === 'server_timed_out';
			return {
				...{
					state: 'unreachable',
					reason,
					...{ waiting: null, oldestS: null, besideMs: null },
					reasons: [],
					log: { isMore: false, mailFlows: false },
				},
				...{ isSlow: isLate && isAnswering, provesNothing: isLate && isOwnFault( own.ms(), lookForMs ) },
			};
		} )
		.finally( () => own.stop() );
	const tookMs = performance.now() - startedMs;
	return ( await keepLook( app, { watch, server, site, found, tookMs } ) ) || isNews;
}

interface Pulse {
	server: Server;
	site: Site;
	watch: ClaimedWatch;
	onAnswer(): void;
	onNews(): void;
	stopping: AbortSignal;
}

async function see(
	app: App,
	{ server, site, watch, onAnswer, onNews, stopping }: Pulse,
	signal: AbortSignal
): Promise< Found > {
	const connection = { app, server, job: null, isApplying: () => false };
	const remote = await openConnection( connection, { signal } );
	onAnswer();
	try {
		await trustAgain( app, server );
		let first: LogPiece | null = null;
		const log = { after: await cursorOf( app.db, server.id ), onPiece: ( piece: LogPiece ) => ( first = piece ) };
		const facts = await app.tools.look( remote, { signal, log } );
		const followed = await followLog( app, { server, remote, signal }, first );
		if ( facts.queue === 0 && ! followed.isMore ) {
			await settleGone( app.db, server.id );
		}
		const before = seenBefore( server );
		const ways = await waysOfRoutes( { app, server }, facts );
		const mail = observe( facts, await compareInstalled( { app, server, site }, facts ), before, ways );
		const unfinished = facts.unfinished !== null;
		await recordOf( app.db, server, {
			lastLook: await lastLookOf( { app, site, server }, remote, facts, mail ),
			unfinished,
		} );
		await keepSites( app.db, server, facts );
		await keepSideDoors( app.db, server, facts );
		if ( await keepOverCaps( app, { server, over: facts.over } ) ) {
			onNews();
		}
		const beside = besideOf( mail, before );
		if ( await keepBeside( app, { server, beside } ) ) {
			onNews();
		}
		const looked = { watch, server, site, remote, mail, stopping };
		await considerBackup( app, looked );
		await considerRouteBackups( app, looked );
		const state = stateOf( facts, mail );
		const tried = state === 'right' && facts.queue > 0 ? await triedAs( app, watch ) : null;
		return {
			state: tried ?? state,
			reason: null,
			...{ waiting: facts.queue, oldestS: facts.oldestS },
			...( mail.exposed ? { exposed: true } : {} ),
			reasons: tried ? before.reasons : mail.reasons,
			besideMs: besideMs( beside ),
			log: followed,
		};
	} finally {
		remote.close();
	}
}

/** What mail was told as that the look before saw wait, and that is tried again just now; null: none is. */
async function triedAs( { db }: App, { state, server }: ClaimedWatch ): Promise< 'waiting' | 'refused' | null > {
	const waited = state === 'waiting' || state === 'refused' ? state : null;
	return waited && ( await isTriedAgain( db, server ) ) ? waited : null;
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
	return conditionOfWaiting( observation );
}
