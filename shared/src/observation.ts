import { z } from 'zod';
import { causes, whose } from './diagnosis.ts';

/** The route by which a Unix user's mail leaves. */
export const wayOfRoute = z.object( {
	uid: z.number(),
	user: z.string(),
	/** What the saved account is called; null: one of this route alone. Null as a whole: not shown. */
	account: z.object( { name: z.string().nullable(), smtpServer: z.string() } ).nullable(),
} );
export type WayOfRoute = z.infer< typeof wayOfRoute >;

/** One answer that messages have met which wait now. Times are seconds since the epoch, by the server's clock. */
export const waitingReason = z.object( {
	cause: z.enum( causes ),
	/** Null where nothing tells. */
	whose: whose.nullable(),
	/** Whether waiting alone can help; null where nothing tells. */
	passes: z.boolean().nullable(),
	/** True: it was to pass, and has been the same for too long. */
	stands: z.boolean(),
	/** The provider's or Postfix's own words, at most 300 characters; empty where they are withheld. */
	reply: z.string(),
	/** Null: they leave by the gateway’s own account. */
	route: wayOfRoute.nullable().default( null ),
	/** Messages, of the newest 2,000. */
	count: z.number(),
	/** The first and the newest try that looks have seen meet it without another answer in between. */
	since: z.number(),
	lastAt: z.number(),
	/** Looks that found a newer try meet it. */
	looks: z.number(),
} );
export type WaitingReason = z.infer< typeof waitingReason >;

/** The file system that mail waits on, or another one on which it is logged. */
export const fileSystem = z.object( {
	of: z.enum( [ 'queue', 'log' ] ),
	folder: z.string(),
	/** For whoever is not root. */
	freeBytes: z.number(),
	/** Inodes; null where it does not count them. */
	freeFiles: z.number().nullable(),
	/** What is nearly used up; null: there is room. */
	lacks: z.enum( [ 'space', 'files' ] ).nullable(),
	/** With less free space Postfix takes no mail by SMTP; 0 for the log. */
	refusesBelowBytes: z.number(),
} );
export type FileSystem = z.infer< typeof fileSystem >;

/** What the last look saw of the mail of a server. Names, no values: a value may be a secret or somebody else's. */
export const observation = z.object( {
	/** Whether the mail system that the gateway is (Postfix) runs, and starts with the server. */
	running: z.boolean(),
	enabled: z.boolean(),
	/** Messages in its queue. */
	waiting: z.number(),
	/** Of those, what was tried in vain or is held. */
	stuck: z.number().default( 0 ),
	/** Of those that wait, what a pause, a cap or the sandbox keeps. */
	kept: z.number().default( 0 ),
	/** Seconds, at the look, since the oldest of the others arrived; null where none waits, or that is not known. */
	oldestS: z.number().nullable().default( null ),
	/** Why: what most of it has met first. */
	reasons: z.array( waitingReason ).default( [] ),
	/** Messages in the queue of a former mail system, which nothing delivers any more. */
	oldWaiting: z.number(),
	/** Where Postfix listens though it should not, e.g. `0.0.0.0:25`. */
	open: z.array( z.string() ),
	/** What is not as this version installs it, by name; null where it was not compared. */
	differs: z.array( z.string() ).nullable(),
	/** Files in /etc/postfix that others put there and that nothing here uses. */
	others: z.array( z.string() ),
	/** The file system of the queue, and that of the mail log where it is another one. */
	room: z.array( fileSystem ).default( [] ),
	/** Seconds by which its clock is surely ahead of the backend's, below zero: behind; and whether that is too much. */
	clock: z.object( { aheadS: z.number(), isWrong: z.boolean() } ).nullable().default( null ),
	/** Files with a password of the gateway that others on the server can read, by path; absent where there are none. */
	exposed: z.array( z.string() ).optional(),
	/** Configuration of PHP whose sites' mail goes to another program; null: whose sites may not call mail(). */
	phpAround: z.array( z.object( { program: z.string().nullable(), file: z.string() } ) ).default( [] ),
} );
export type Observation = z.infer< typeof observation >;
