import { z } from 'zod';

/** A Unix user was seen to connect to a mail port of another machine, past the gateway. */
export const sideDoor = z.object( {
	uid: z.number(),
	/** Null where the server has no name for the number. */
	user: z.string().nullable(),
	/** IPv4 or IPv6 (in brackets). */
	address: z.string(),
	port: z.number(),
	/** How many looks have seen it: one that is over within a second is seen by chance. */
	looks: z.number(),
	firstAt: z.iso.datetime(),
	lastAt: z.iso.datetime(),
} );
export type SideDoor = z.infer< typeof sideDoor >;

/** So many are told. */
export const mostSideDoors = 50;
