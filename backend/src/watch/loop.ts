import type { App } from '../app.ts';
import { tellDue } from '../alerts/tell.ts';
import { reportDue } from '../alerts/report.ts';
import { makeSending } from '../alerts/sending.ts';
import type { SendOptions } from '../alerts/post.ts';
import { dropOldDeliveries } from '../db/alert-deliveries.ts';
import { addressHash } from '../ledger/address-hash.ts';
import { tidyIncidents } from '../db/incidents.ts';
import { pruneMailLog } from '../ledger/prune.ts';
import { rewriteAddresses } from '../ledger/rewrite-addresses.ts';
import { claimDue, dropLent, watchInstalled, type ClaimedWatch } from '../db/watches.ts';
import { judgeAccounts } from './account-limits.ts';
import { judgeLooks, judgeSites } from './conditions.ts';
import { endExpiredSites } from './expired-sites.ts';

/** How often the database is asked; what becomes due in between waits so long. */
const everyMs = 2000;
/** How often it is asked who is to be told; what a look of this worker has to tell is told at once. */
const tellEveryMs = 5000;
const tidyEveryMs = 60_000;
const judgeEveryMs = 5 * 60_000;
const longAwayMs = 35 * 60_000;
/**
 * Servers that never answer hold a place for 15 s of each minute; the others go on in the places that are left: a tenth of
 * 1,000 servers holds 25 all the time. One site's never hold all of them.
 */
const looksAtOnce = 32;
const mostOfSite = 24;

export interface Loop {
	/** Resolves when the looks that run have ended. */
	stop(): Promise< void >;
}

/**
 * Looks at the servers that are due and sends the alerts that are due, until it is stopped. Any number of workers may do
 * so beside each other: the database gives each server to one of them at a time. Where more is due than there are
 * places, or than one site may hold, the next turn is taken as soon as a place is free.
 *
 * @param look        ends its claim, throws only when it is stopped, and says true where people are to be told
 * @param sendOptions tests: where their receiver of alerts listens
 * @param alsoJudge   what needs connections to be judged, every five minutes; throws nothing
 */
export function startLoop(
	app: App,
	look: ( watch: ClaimedWatch, signal: AbortSignal ) => Promise< unknown >,
	sendOptions: Partial< SendOptions > = {},
	alsoJudge: ( now: number ) => Promise< void > = async () => {}
): Loop {
	const stopping = new AbortController();
	/** By the id of the server's row. */
	const looks = new Map< string, Promise< void > >();
	const sending = makeSending( app, sendOptions );
	let tidiedAt = 0;
	let judgedAt = 0;
	let toldAt = 0;
	const startedAt = Date.now();
	let turn: Promise< void > | null = null;
	let timer: NodeJS.Timeout | undefined;
	/** A place became free since the turn that runs began. */
	let isFreed = false;

	const begin = ( watch: ClaimedWatch ) => {
		const running = look( watch, stopping.signal )
			.then( ( isNews ) => {
				toldAt = isNews === true ? 0 : toldAt;
			} )
			.catch( ( error: unknown ) => {
				if ( ! stopping.signal.aborted && ! app.database.outage.noticed( error ) ) {
					app.log.error( { err: error, server: watch.server }, 'a look failed' );
				}
			} )
			.finally( () => {
				looks.delete( watch.server );
				isFreed = true;
				if ( turn === null ) {
					takeTurnIn( 0 );
				}
			} );
		looks.set( watch.server, running );
	};
	const takeTurn = async () => {
		if ( Date.now() - tidiedAt > tidyEveryMs ) {
			tidiedAt = Date.now();
			await watchInstalled( app.db );
			await dropLent( app.db );
			await dropOldDeliveries( app.db );
			await tidyIncidents( app.db );
			await pruneMailLog( app.db );
			await rewriteAddresses( app.db, ( siteId ) => addressHash( app.vault, siteId ) );
			await endExpiredSites( app, tidiedAt );
		}
		if ( Date.now() - judgedAt > judgeEveryMs ) {
			judgedAt = Date.now();
			await judgeSites( app, judgedAt );
			await judgeAccounts( app, judgedAt );
			await reportDue( app );
			// a backend that was away has looked at nothing, and is about to
			if ( judgedAt - startedAt > longAwayMs ) {
				await judgeLooks( app, judgedAt );
			}
			await alsoJudge( judgedAt );
		}
		isFreed = false;
		const free = looksAtOnce - looks.size;
		const places = { free, mostOfSite, held: [ ...looks.keys() ] };
		const claimed = free > 0 ? await claimDue( app.db, places ) : [];
		claimed.forEach( begin );
		if ( Date.now() - toldAt > tellEveryMs ) {
			toldAt = Date.now();
			await tellDue( app, toldAt );
		}
		await sending.sendDue();
	};
	const takeTurnIn = ( ms: number ) => {
		clearTimeout( timer );
		if ( stopping.signal.aborted ) {
			return;
		}
		timer = setTimeout( () => {
			turn = takeTurn()
				// a database that is away is back at a later turn
				.catch( ( error: unknown ) => {
					if ( ! app.database.outage.noticed( error ) ) {
						app.log.warn( { err: error }, 'no look at servers this time' );
					}
				} )
				.finally( () => {
					turn = null;
					takeTurnIn( isFreed ? 0 : everyMs );
				} );
		}, ms );
	};
	takeTurnIn( 0 );
	return {
		async stop() {
			stopping.abort( new Error( 'the worker shuts down' ) );
			clearTimeout( timer );
			await turn;
			await Promise.all( looks.values() );
			await sending.ended();
		},
	};
}
