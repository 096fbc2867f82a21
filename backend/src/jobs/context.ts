import type { EventDetail, JobResult, NewJobEvent, Step } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { appendEvent, ClaimLost } from '../db/events.ts';
import { jobMac } from '../db/genuine.ts';
import type { Job } from '../db/jobs.ts';
import type { Server } from '../db/servers.ts';
import type { Site } from '../db/sites.ts';
import type { Db } from '../db/tables.ts';
import { isFailure } from '../errors.ts';
import type { OnStep } from '../programs/detached-run.ts';
import type { JobRequest } from './request.ts';

/** What a verb ends with: its result, and what is to be written together with it. */
export interface Done {
	result: JobResult;
	record?: ( tx: Db ) => Promise< void >;
}

/** A verb does one kind of job. Run again for a job that another worker began, it goes on instead of starting over. */
export type VerbOf< Request extends JobRequest > = ( context: JobContext, request: Request ) => Promise< Done >;

export interface JobContext {
	app: App;
	job: Job;
	server: Server;
	site: Site;
	/** Stop now, the job goes on elsewhere. */
	signal: AbortSignal;
	/** The person asked to stop. */
	cancel: AbortSignal;
	/**
	 * What stops work that changes nothing: before the server is being changed either of the two; from then on only the
	 * first, because a cancelled change has to be rolled back by the server itself. Ask for it when the work begins.
	 */
	stopSignal(): AbortSignal;
	/** Runs one step between its events. `act` gives what the finished event tells beside its value. */
	step< T >( step: Step, act: () => Promise< { value: T; detail?: EventDetail } > ): Promise< T >;
	onStep: OnStep;
	/** The server has given a sign of life. */
	onSign(): void;
	/** Milliseconds since the epoch: when the server last gave one. */
	heardAt(): number;
	/** From here on the server is being changed: a lost connection is taken up again instead of failing the job. */
	beginApplying(): Promise< void >;
	isApplying(): boolean;
}

/** Everything a verb is given for one claim of a job. */
export function makeContext(
	parts: Pick< JobContext, 'app' | 'job' | 'server' | 'site' | 'signal' | 'cancel' >
): JobContext {
	const { app, job, signal, cancel } = parts;
	const either = AbortSignal.any( [ signal, cancel ] );
	let applying = job.applying;
	let heardAt = Date.now();
	const stopSignal = () => ( applying ? signal : either );
	const tell = ( event: NewJobEvent, serverSeq: number | null = null ) =>
		app.db
			.transaction()
			.execute( ( tx ) => appendEvent( tx, { jobId: job.id, attempt: job.attempt, event, serverSeq } ) );
	return {
		...parts,
		stopSignal,
		isApplying: () => applying,
		heardAt: () => heardAt,
		onSign: () => {
			heardAt = Date.now();
		},
		onStep: ( step, phase, detail, serverSeq ) =>
			tell(
				phase === 'started' ? { type: 'step_started', step } : { type: `step_${ phase }`, step, detail },
				serverSeq
			),
		async beginApplying() {
			// whoever stopped the job before this must find an untouched server
			stopSignal().throwIfAborted();
			applying = true;
			const { numUpdatedRows } = await app.db
				.updateTable( 'jobs' )
				.set( { applying, mac: jobMac( app.vault, { ...job, applying } ) } )
				.where( 'id', '=', job.id )
				.where( 'attempt', '=', job.attempt )
				.where( 'state', '=', 'running' )
				.executeTakeFirst();
			if ( numUpdatedRows !== 1n ) {
				throw new ClaimLost( job.id );
			}
		},
		async step( step, act ) {
			stopSignal().throwIfAborted();
			await tell( { type: 'step_started', step } );
			try {
				const { value, detail = {} } = await act();
				await tell( { type: 'step_finished', step, detail } );
				return value;
			} catch ( error ) {
				if ( ! stopSignal().aborted && ! ( error instanceof ClaimLost ) ) {
					const detail = isFailure( error )
						? { ...error.detail, code: error.code }
						: { code: 'internal_error' };
					await tell( { type: 'step_failed', step, detail } );
				}
				throw error;
			}
		},
	};
}
