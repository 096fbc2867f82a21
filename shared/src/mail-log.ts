import { z } from 'zod';
import { causes } from './diagnosis.ts';
import { oneLine } from './fields.ts';

/** What became of a message for one recipient, as far as the server's log tells. */
export const mailOutcomes = [
	/** In the queue, and not tried yet. */
	'queued',
	/** Tried, and tried again later. */
	'waiting',
	/** Kept until somebody releases it. */
	'held',
	/** Taken by the provider. Whether it was delivered, and what bounced later, no log of the server tells. */
	'accepted',
	'refused',
	/** Waited for longer than mail waits. */
	'expired',
	/** Taken out of the queue by hand. */
	'deleted',
	/** Thrown away, as the server's configuration says. */
	'discarded',
	/** Gone from the queue, and the log does not tell how: a part is missing, or all were deleted at once by hand. */
	'unknown',
] as const;
export type MailOutcome = ( typeof mailOutcomes )[ number ];

/** How a message came to the mail system: `notice`: the mail system wrote it itself, about another message. */
export const mailOrigins = [ 'sendmail', 'smtp', 'notice' ] as const;
export type MailOrigin = ( typeof mailOrigins )[ number ];

/** Recipients of one page. */
export const mailPageSize = 50;

const search = oneLine( 254 ).trim().toLowerCase().min( 3, { error: 'short_search' } );
const moment = z.iso.datetime();

/** What of the mail log is asked for; what is absent limits nothing. */
export const mailFilter = z.strictObject( {
	/** An address, `@domain`, or how an address begins: at least three characters. */
	recipient: search.optional(),
	/** The same of the envelope's sender. */
	sender: search.optional(),
	/** Name of a Unix user; empty: what came by SMTP. */
	site: oneLine( 64 ).optional(),
	outcome: z.enum( mailOutcomes ).optional(),
	cause: z.enum( causes ).optional(),
	/** When messages arrived: from then on, and before then. */
	from: moment.optional(),
	to: moment.optional(),
} );
export type MailFilter = z.output< typeof mailFilter >;

/** What became of one message for one recipient. */
export const mailEntry = z.object( {
	serverId: z.number(),
	queueId: z.string(),
	/** When the message arrived. */
	at: moment,
	/** Null where that part of the log is missing. */
	origin: z.enum( mailOrigins ).nullable(),
	/** Name of the Unix user who handed it over, or their number; null where the log does not tell. */
	site: z.string().nullable(),
	/** Envelope; empty in notices. In the form in which the site keeps addresses, as the recipient is; null: erased. */
	sender: z.string().nullable(),
	/** Domain of its From; null where the log does not tell. */
	fromDomain: z.string().nullable(),
	bytes: z.number().nullable(),
	/** Null until the log names one. */
	recipient: z.string().nullable(),
	outcome: z.enum( mailOutcomes ),
	/** Why it waits or was refused. */
	cause: z.enum( causes ).nullable(),
	/** RFC 3463 code, e.g. `5.1.1`. */
	enhancedCode: z.string().nullable(),
	/** Words of the provider or of Postfix, at most 250 characters. */
	reply: z.string().nullable(),
	/** `host[address]:port` */
	relay: z.string().nullable(),
	/** e.g. `TLSv1.3` */
	tlsVersion: z.string().nullable(),
	tries: z.number(),
	/** From the arrival of the message to the end of the last try. */
	delayMs: z.number().nullable(),
	triedAt: moment.nullable(),
} );
export type MailEntry = z.infer< typeof mailEntry >;

/** How much of a server's log is known. */
export const knownLog = z.object( {
	serverId: z.number(),
	/** The first line that was read; null: none yet. */
	since: moment.nullable(),
	/** When it was read last. */
	readAt: moment.nullable(),
	/** Of what happened in between nothing is known. Newest first, at most 20. */
	gaps: z.array( z.object( { from: moment.nullable(), to: moment } ) ),
} );

export const mailPage = z.object( {
	entries: z.array( mailEntry ),
	/** `before` of the next page; null after the oldest entry. */
	next: z.string().nullable(),
	logs: z.array( knownLog ),
	/** Days that messages are kept. */
	keptDays: z.number(),
} );
export type MailPage = z.infer< typeof mailPage >;

/** Recipients whose messages arrived in one hour, day or month, which begins then (UTC). */
export const mailHour = z.object( {
	/** Null: of all servers that were asked for. */
	serverId: z.number().nullable(),
	from: moment,
	/** As in mailEntry; null also where sites are not told apart. */
	site: z.string().nullable(),
	outcome: z.enum( mailOutcomes ),
	messages: z.number(),
} );
export type MailHour = z.infer< typeof mailHour >;
