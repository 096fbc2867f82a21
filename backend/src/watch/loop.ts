import type { App } from '../app.ts';
import { deliverDue } from '../alerts/deliver.ts';
import { dropOldDeliveries } from '../db/alert-deliveries.ts';
import { claimDue, watchInstalled, type ClaimedWatch } from '../db/watches.ts';

const everyMs = 1000;
const tidyEveryMs = 60_000;
/** Servers that never answer hold a place for 15 s each; the others go on in the places that are left. */
const looksAtOnce = 8;

export interface Loop {
	/** Resolves when the looks that run have ended. */
	stop(): Promise< void >;
}

/**
 * Looks at the servers that are due and sends the alerts that are due, each second, until it is stopped. Any number of
 * workers may do so beside each other: the database gives each server to one of them at a time.
 *
 * @param look ends its claim, and throws only when it is stopped
 */
export function startLoop( app: App, look: ( watch: ClaimedWatch, signal: AbortSignal ) => Promise< void > ): Loop {
	const stopping = new AbortController();
	const looks = new Set< Promise< void > >();
	let tidiedAt = 0;
	let turn: Promise< void > = Promise.resolve();
	let isTaken = false;

	const takeTurn = async () => {
		if ( Date.now() - tidiedAt > tidyEveryMs ) {
			tidiedAt = Date.now();
			await watchInstalled( app.db );
			await dropOldDeliveries( app.db );
		}
		const free = looksAtOnce - looks.size;
		for ( const watch of free > 0 ? await claimDue( app.db, free ) : [] ) {
			const running: Promise< void > = look( watch, stopping.signal )
				.catch( ( error: unknown ) => {
					if ( ! stopping.signal.aborted ) {
						app.log.error( { err: error, server: watch.server }, 'a look failed' );
					}
				} )
				.finally( () => looks.delete( running ) );
			looks.add( running );
		}
		await deliverDue( app );
	};
	const timer = setInterval( () => {
		if ( isTaken ) {
			return;
		}
		isTaken = true;
		turn = takeTurn()
			// a database that is away is back at a later turn
			.catch( ( error: unknown ) => app.log.warn( { err: error }, 'no look at servers this time' ) )
			.finally( () => ( isTaken = false ) );
	}, everyMs );
	return {
		async stop() {
			clearInterval( timer );
			stopping.abort( new Error( 'the worker shuts down' ) );
			await turn;
			await Promise.all( looks );
		},
	};
}
