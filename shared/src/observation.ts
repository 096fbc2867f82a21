import { z } from 'zod';

/** What the last look saw of the mail of a server. Names, no values: a value may be a secret or somebody else's. */
export const observation = z.object( {
	/** Whether the mail system that the gateway is (Postfix) runs, and starts with the server. */
	running: z.boolean(),
	enabled: z.boolean(),
	/** Messages in its queue. */
	waiting: z.number(),
	/** Of those, what was tried in vain or is held. */
	stuck: z.number().default( 0 ),
	/** Messages in the queue of a former mail system, which nothing delivers any more. */
	oldWaiting: z.number(),
	/** Where Postfix listens though it should not, e.g. `0.0.0.0:25`. */
	open: z.array( z.string() ),
	/** What is not as this version installs it, by name; null where it was not compared. */
	differs: z.array( z.string() ).nullable(),
	/** Files in /etc/postfix that others put there and that nothing here uses. */
	others: z.array( z.string() ),
} );
export type Observation = z.infer< typeof observation >;
