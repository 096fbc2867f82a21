import { z } from 'zod';
import { checkedSettings } from './check.ts';
import { changed, errors, jobError } from './errors.ts';
import { eventDetail } from './event-detail.ts';
import { foundAnswer } from './found-settings.ts';
import { testResult } from './diagnosis.ts';
import { heldChoices, pauseKinds } from './sites.ts';
import { queueActions } from './queue.ts';

export const verbs = [
	'check_connection',
	'preview_changes',
	'check_settings',
	'find_settings',
	'install_gateway',
	'send_test_email',
	'deliver_waiting_mail',
	'deliver_former_mail',
	'read_queue',
	'change_queue',
	'pause_site',
	'resume_site',
	'remove_gateway',
] as const;
export type Verb = ( typeof verbs )[ number ];

/** What becomes of waiting mail older than a day: its links may be stale. */
export const olderMail = z.enum( [ 'ask', 'deliver', 'hold' ] );
export type OlderMail = z.infer< typeof olderMail >;

export const jobStates = [ 'queued', 'running', 'succeeded', 'failed', 'cancelled' ] as const;
export type JobState = ( typeof jobStates )[ number ];

/** What a person watches, in the order in which it happens. The plugin holds the words. */
export const steps = [
	'connect',
	'look',
	'preflight',
	'sender',
	'plan',
	'repair',
	'snapshot',
	'packages',
	'configuration',
	'service',
	'verify',
	'commit',
	'undo',
	'restore',
	'look_again',
	'flush',
	'hand_over',
	'read_queue',
	'change_queue',
	'submit',
	'follow',
	'search',
	'site_mail',
] as const;
export type Step = ( typeof steps )[ number ];

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

/** One planned change, told before it is made: what, and why. `value` never holds a secret. */
export const plannedStep = z.object( {
	kind: z.enum( [
		'install_package',
		'remove_package',
		'write_file',
		'remove_file',
		'set_parameter',
		'enable_service',
		'remove_service',
		'reload',
		'restart',
		'open_directory',
	] ),
	subject: z.string(),
	value: z.string().nullable(),
	/** The value found now; null where there is none. */
	was: z.string().nullable(),
	why: z.string(),
} );
export type PlannedStep = z.infer< typeof plannedStep >;

export const jobResult = z.discriminatedUnion( 'verb', [
	z.object( {
		verb: z.literal( 'check_connection' ),
		system: z.string(),
		asRoot: z.string(),
		mailSystem: z.string().nullable(),
	} ),
	z.object( { verb: z.literal( 'preview_changes' ), plan: z.array( plannedStep ) } ),
	checkedSettings.extend( { verb: z.literal( 'check_settings' ) } ),
	foundAnswer.extend( { verb: z.literal( 'find_settings' ) } ),
	z.object( {
		verb: z.literal( 'install_gateway' ),
		/** Already up to date. No changes were needed. */
		alreadyRight: z.boolean(),
		/** Messages that waited before and were accepted by the provider after the change. */
		deliveredAfter: z.number(),
		stillWaiting: z.number(),
		/** Where an earlier try that was cut off left waiting mail on the server; absent where it left none. */
		savedQueue: z.string().optional(),
	} ),
	z.object( { verb: z.literal( 'send_test_email' ), test: testResult } ),
	z.object( {
		verb: z.literal( 'deliver_waiting_mail' ),
		choice: olderMail,
		/** Messages that the provider accepted, and those that still wait for it. */
		delivered: z.number(),
		stillWaiting: z.number(),
		/** Older than a day. After `ask`, nothing was tried because of them; after `hold`, they stay on hold. */
		older: z.number(),
	} ),
	z.object( {
		verb: z.literal( 'deliver_former_mail' ),
		/** Messages that left the queue of the former mail system for that of the gateway. */
		handed: z.number(),
		/** Notices of failed delivery, and messages that could not be read or are refused by Postfix: all of them stay. */
		notices: z.number(),
		refused: z.number(),
		/** What Postfix said of the first that it refused; empty where it refused none. */
		said: z.string(),
		/** What is in that queue now. */
		left: z.number(),
	} ),
	z.object( {
		verb: z.literal( 'read_queue' ),
		/** Messages in the queue, and of those listed the held ones. */
		total: z.number(),
		held: z.number(),
	} ),
	z.object( {
		verb: z.literal( 'change_queue' ),
		action: z.enum( queueActions ),
		/** Messages with which it was done. */
		changed: z.number(),
		/** Of the others: those that were no longer in the queue, and those that were so already. */
		gone: z.number(),
		unchanged: z.number(),
	} ),
	z.object( {
		verb: z.literal( 'pause_site' ),
		how: z.enum( pauseKinds ),
		/** Messages that the user had queued before and that are held now. */
		held: z.number(),
	} ),
	z.object( {
		verb: z.literal( 'resume_site' ),
		choice: z.enum( heldChoices ),
		/** Held messages of the user that were released or deleted; with `keep`, that stay on hold. */
		messages: z.number(),
	} ),
	z.object( {
		verb: z.literal( 'remove_gateway' ),
		/** The mail system given back, e.g. `exim4`; null where there was none. */
		restored: z.string().nullable(),
		/** Where waiting mail was saved on the server; null where none waited. */
		savedQueue: z.string().nullable(),
	} ),
] );
export type JobResult = z.infer< typeof jobResult >;

export const jobView = z.object( {
	jobId: z.uuid(),
	serverId: z.number(),
	verb: z.enum( verbs ),
	state: z.enum( jobStates ),
	createdAt: z.iso.datetime(),
	startedAt: z.iso.datetime().nullable(),
	finishedAt: z.iso.datetime().nullable(),
	/** Login of the person who asked. */
	by: z.string(),
	cancelRequested: z.boolean(),
	error: jobError.nullable(),
	result: jobResult.nullable(),
} );
export type JobView = z.infer< typeof jobView >;
