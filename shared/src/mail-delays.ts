import { z } from 'zod';

/** Accepted recipients of one hour, day or month by how long it took from the arrival of the message. */
export const mailDelay = z.object( {
	/** As in mailHour. */
	serverId: z.number().nullable(),
	from: z.iso.datetime(),
	site: z.string().nullable(),
	/** It took more than this, and no more than that. */
	overMs: z.number(),
	withinMs: z.number(),
	messages: z.number(),
} );
export type MailDelay = z.infer< typeof mailDelay >;
