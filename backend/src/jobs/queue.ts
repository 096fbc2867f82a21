import { sql } from 'kysely';
import { fromKysely, PgBoss } from 'pg-boss';
import type { Database } from '../db/database.ts';
import type { Tx } from '../db/tables.ts';
import type { Logger } from '../logger.ts';
import { longestSeconds } from './deadline.ts';
import type { Share } from './share.ts';

const name = 'server_jobs';
/** A worker that says nothing for so long is dead; it speaks every second. */
const heartbeatSeconds = 10;

/**
 * How often dead workers are looked for. On PostgreSQL one is noticed one heartbeat after its last word; the embedded
 * database has no other workers, and looking each second would cost a twentieth of a processor for nothing.
 */
const superviseSeconds = { postgresql: 1, embedded: 60 } as const;

export interface Delivery {
	jobId: string;
	/** How often the job was delivered before. */
	deliveredBefore: number;
	/** Aborted when the job is no longer ours, or the worker shuts down. */
	signal: AbortSignal;
}

export interface Queue {
	/** Queues a job in the transaction that wrote its row. Jobs of one identity run one after the other, oldest first. */
	send( tx: Tx, job: { jobId: string; identity: string } & Share ): Promise< void >;
	/**
	 * Delivers jobs to `handle` until stop(). A handler that throws gets its job delivered again, here or elsewhere.
	 * No group has more than a quarter of `jobsAtOnce`, and a quarter is kept for jobs of sites with few of them:
	 * servers that never answer do not stop the jobs of others.
	 */
	work( handle: ( delivery: Delivery ) => Promise< void >, options: { jobsAtOnce: number } ): Promise< void >;
	/** Lets running jobs go within seconds, so that another worker takes them up. */
	stop(): Promise< void >;
	isWorking(): boolean;
}

/** The durable queue: pg-boss in the same database as everything else. */
export async function makeQueue(
	database: Database,
	{ log, supervise }: { log: Logger; supervise: boolean }
): Promise< Queue > {
	const boss = new PgBoss( {
		...database.queueOptions,
		useListenNotify: true,
		schedule: false,
		supervise,
		superviseIntervalSeconds: superviseSeconds[ database.kind ],
		monitorIntervalSeconds: superviseSeconds[ database.kind ],
	} );
	boss.on( 'error', ( error ) => {
		if ( ! database.outage.noticed( error ) ) {
			log.error( { err: error }, 'queue error' );
		}
	} );
	boss.on( 'warning', ( warning ) => log.warn( { warning: warning.message }, 'queue warning' ) );
	await boss.start();
	// strictly first in, first out per key, and one at a time: also while one waits for its next delivery
	await boss.createQueue( name, {
		policy: 'key_strict_fifo',
		heartbeatSeconds,
		expireInSeconds: longestSeconds,
		retryLimit: 10_000,
		retryDelay: 0,
		notify: true,
		deleteAfterSeconds: 86_400,
	} );
	const stopping = new AbortController();
	let working = false;
	return {
		async send( tx, { jobId, identity, group, isOneOfFew } ) {
			const options = {
				singletonKey: identity,
				group: { id: group },
				priority: isOneOfFew ? 1 : 0,
				// its rows are its own, not in our case
				db: fromKysely( tx.withoutPlugins() ),
			};
			const id = await boss.send( name, { jobId }, options );
			await tx.updateTable( 'jobs' ).set( { queueId: id, identity } ).where( 'id', '=', jobId ).execute();
		},
		async work( handle, { jobsAtOnce } ) {
			if ( database.kind === 'embedded' ) {
				// the folder is ours alone, so whatever runs belongs to a process that is gone
				await releaseOrphans();
			}
			const share = Math.max( 1, Math.floor( jobsAtOnce / 4 ) );
			const kept = jobsAtOnce > 1 ? share : 0;
			await workAt( jobsAtOnce - kept, { localGroupConcurrency: share } );
			if ( kept ) {
				await workAt( kept, { localGroupConcurrency: share, minPriority: 1 } );
			}
			working = true;

			async function workAt(
				localConcurrency: number,
				options: { localGroupConcurrency: number; minPriority?: number }
			): Promise< void > {
				await boss.work< { jobId: string } >(
					name,
					{
						...options,
						localConcurrency,
						batchSize: 1,
						heartbeatRefreshSeconds: 1,
						pollingIntervalSeconds: 1,
						notifyPollingIntervalSeconds: 1,
					},
					async ( [ job ] ) => {
						if ( job ) {
							const signal = AbortSignal.any( [ job.signal, stopping.signal ] );
							await handle( { jobId: job.data.jobId, deliveredBefore: job.retryCount, signal } );
						}
					}
				);
			}
		},
		async stop() {
			working = false;
			stopping.abort( new Error( 'the worker shuts down' ) );
			await boss.offWork( name, { wait: true } );
			await boss.stop( { graceful: true, timeout: 5000 } );
		},
		isWorking: () => working,
	};

	// asked of the queue's own table: our row says otherwise where the process ended just after a job was fetched, or
	// just before it was handed back, and each keeps the other jobs of its server waiting
	async function releaseOrphans(): Promise< void > {
		const { rows } = await sql< { id: string } >`
			select id from pgboss.job where name = ${ name } and state = 'active'
		`.execute( database.db );
		if ( rows.length ) {
			await boss.fail(
				name,
				rows.map( ( { id } ) => id )
			);
		}
	}
}
