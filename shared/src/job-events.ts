import { z } from 'zod';
import { changed, errors, jobError } from './errors.ts';
import { eventDetail } from './event-detail.ts';
import { steps, verbs } from './verbs.ts';

const base = { seq: z.int().min( 1 ), at: z.iso.datetime() };
const step = z.enum( steps );

/** One job's history. `seq` grows by one without gaps; a reader asks for what comes after the last one it has. */
export const jobEvent = z.discriminatedUnion( 'type', [
	z.object( { ...base, type: z.literal( 'queued' ), behind: z.enum( verbs ).nullable() } ),
	z.object( { ...base, type: z.literal( 'started' ) } ),
	/** Another worker took the job up after the first one died. */
	z.object( { ...base, type: z.literal( 'taken_up_again' ) } ),
	z.object( { ...base, type: z.literal( 'step_started' ), step } ),
	z.object( { ...base, type: z.literal( 'step_finished' ), step, detail: eventDetail } ),
	z.object( { ...base, type: z.literal( 'step_failed' ), step, detail: eventDetail } ),
	z.object( { ...base, type: z.literal( 'cancel_requested' ), by: z.string() } ),
	z.object( { ...base, type: z.literal( 'succeeded' ) } ),
	z.object( { ...base, type: z.literal( 'failed' ), error: jobError } ),
	z.object( {
		...base,
		type: z.literal( 'cancelled' ),
		/** unknown: the server did not answer, and was let go of. */
		changed,
		/** Absent in events from before it was told. */
		detail: errors.cancelled.detail.optional(),
	} ),
] );
export type JobEvent = z.infer< typeof jobEvent >;
/** An event before it is numbered and dated. */
export type NewJobEvent = JobEvent extends infer Event
	? Event extends JobEvent
		? Omit< Event, 'seq' | 'at' >
		: never
	: never;
