import { z } from 'zod';
import { senderCheck } from './sender.ts';
import { checkedSettings } from './check.ts';
import { jobError } from './errors.ts';
import { foundAnswer } from './found-settings.ts';
import { testResult } from './diagnosis.ts';
import { plannedStep } from './planned-step.ts';
import { withoutRoute } from './routes.ts';
import { sandboxKinds } from './sandbox.ts';
import { heldChoices, pauseKinds } from './sites.ts';
import { queueActions } from './queue.ts';
import { jobStates, olderMail, verbs } from './verbs.ts';

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
	z.object( { verb: z.literal( 'cap_site' ) } ),
	/** `closed`: of so many users. */
	z.object( { verb: z.literal( 'change_doors' ), closed: z.number() } ),
	/** Each domain of its senders, at this provider; none where the account is not shown. */
	z.object( { verb: z.literal( 'check_route' ), senders: z.array( senderCheck ) } ),
	/** Empty where the account is not shown. */
	z.object( { verb: z.literal( 'set_route' ), smtpServer: z.string() } ),
	/** `routes`: so many were given the present values of an account. */
	z.object( { verb: z.literal( 'update_routes' ), routes: z.number() } ),
	z.object( { verb: z.literal( 'remove_route' ) } ),
	z.object( { verb: z.literal( 'route_others' ), without: z.enum( withoutRoute ) } ),
	z.object( {
		verb: z.literal( 'turn_on_sandbox' ),
		kind: z.enum( sandboxKinds ),
		/** Messages that waited in the queue before and that are held now. */
		held: z.number(),
	} ),
	z.object( {
		verb: z.literal( 'turn_off_sandbox' ),
		choice: z.enum( heldChoices ),
		/** Messages that the sandbox had kept and that were released or deleted; with `keep`, that stay on hold. */
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
