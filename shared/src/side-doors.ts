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

/** What nobody did for so many days is over: it is not told. */
export const sideDoorDays = 30;

/** So many are told. */
export const mostSideDoors = 50;

/** A Unix user who reaches mail servers through the gateway only. */
export const closedDoor = z.object( {
	uid: z.number(),
	user: z.string().nullable(),
	at: z.iso.datetime(),
	/** Login of who chose it; null where it was another owner's. */
	by: z.string().nullable(),
	/** How often it was refused since then; null before a look has seen it in force, or where the caller may not see the mail log. */
	refused: z.object( { times: z.number(), since: z.iso.datetime() } ).nullable(),
} );
export type ClosedDoor = z.infer< typeof closedDoor >;

/** So many users of a server. */
export const mostClosedDoors = 200;
