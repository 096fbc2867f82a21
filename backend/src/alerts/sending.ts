import type { App } from '../app.ts';
import { claimDeliveries } from '../db/alert-deliveries.ts';
import { deliver } from './deliver.ts';
import { callHeartbeats } from './heartbeats.ts';
import type { SendOptions } from './post.ts';

/** A receiver that says nothing holds one of these for ten seconds; the others go on in those that are left. */
const sentAtOnce = 8;

export interface Sending {
	/** Begins to send what is due, as far as places are free; waits for no receiver. */
	sendDue(): Promise< void >;
	/** Resolves when what is being sent has been taken or given up. */
	ended(): Promise< void >;
}

/** Sends alerts beside whatever else is done: no receiver holds up more than what is sent to it. */
export function makeSending( app: App, options: Partial< SendOptions > ): Sending {
	const running = new Set< Promise< void > >();
	let calling: Promise< void > | null = null;
	return {
		async sendDue() {
			calling ??= callHeartbeats( app, options )
				.catch( ( error: unknown ) => app.log.warn( { err: error }, 'heartbeats were not sent this time' ) )
				.finally( () => ( calling = null ) );
			const due = await claimDeliveries( app.db, sentAtOnce - running.size );
			for ( const delivery of due ) {
				const one = deliver( app, delivery, options )
					.catch( ( error: unknown ) => app.log.warn( { err: error }, 'an alert was not sent this time' ) )
					.finally( () => running.delete( one ) );
				running.add( one );
			}
		},
		async ended() {
			await Promise.all( [ ...running, calling ] );
		},
	};
}
