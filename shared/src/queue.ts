import { z } from 'zod';
import { causes } from './diagnosis.ts';
import { oneLine } from './fields.ts';
import { heldBy } from './held-by.ts';

/** What a person does with messages of the queue. */
export const queueActions = [
	/** Tries at once what waits. What a person holds stays. */
	'retry',
	/** Keeps them until somebody releases them. */
	'hold',
	/** Lets go of what is held, and tries it. */
	'release',
	/** Takes them out of the queue. */
	'delete',
] as const;
export type QueueAction = ( typeof queueActions )[ number ];

/** `waiting`: tried again without a person; `held`: not until a person says so. */
export const queueStates = [ 'waiting', 'held' ] as const;
export type QueueState = ( typeof queueStates )[ number ];

/** Messages of one page. */
export const queuePageSize = 50;
/** So many messages of a queue are listed; the rest is counted. */
export const mostQueued = 20_000;
/** So many groups of a kind are told; the rest is counted. */
export const mostQueueGroups = 20;

/** A long id of Postfix has no vowels, a short one is hexadecimal: nothing else ever reaches a program. */
export const queueId = z.string().regex( /^([0-9A-F]{6,20}|[0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]{6,40})$/, {
	error: 'invalid',
} );

/** Which messages; what is absent limits nothing. */
export const queueFilter = z.strictObject( {
	/** Name of a Unix user; empty: those whose user is not known, as of what came by SMTP. */
	site: oneLine( 64 ).optional(),
	/** Domain of the sender; empty: notices, which have none. */
	domain: oneLine( 254 ).toLowerCase().optional(),
	state: z.enum( queueStates ).optional(),
	cause: z.enum( causes ).optional(),
	/** At least so old, in hours. */
	hours: z.coerce.number().int().min( 1 ).max( 10_000 ).optional(),
} );
export type QueueFilter = z.output< typeof queueFilter >;

export const queuedMessage = z.object( {
	queueId: z.string(),
	state: z.enum( queueStates ),
	/** When it arrived. */
	at: z.iso.datetime(),
	/** As in mailEntry; null where no Unix user is known. */
	site: z.string().nullable(),
	/** Domain of the sender; null for notices. */
	domain: z.string().nullable(),
	/** As the mail log tells; null where it does not. */
	sender: z.string().nullable(),
	/** The first three that the mail log tells, and how many there are. */
	recipients: z.array( z.string() ),
	recipientCount: z.number(),
	bytes: z.number(),
	/** Why it waits; null where nothing was tried. */
	cause: z.enum( causes ).nullable(),
	/** Null where it is not held. */
	heldBy: heldBy.nullable(),
	/** Words of the provider or of Postfix, as the mail log tells. */
	reply: z.string().nullable(),
} );
export type QueuedMessage = z.infer< typeof queuedMessage >;

/** Messages that have something in common. */
export const queueGroup = z.object( {
	/** As in the filter of its kind. */
	value: z.string(),
	messages: z.number(),
	oldestAt: z.iso.datetime(),
} );
export type QueueGroup = z.infer< typeof queueGroup >;
const groups = z.array( queueGroup ).max( mostQueueGroups );

export const queuePage = z.object( {
	/** When the queue was read; null: not yet. What is done is done with messages of that list. */
	readAt: z.iso.datetime().nullable(),
	/** Messages in it then, and how many of them are listed. */
	total: z.number(),
	listed: z.number(),
	/** Of those listed, how many the filter leaves. */
	matching: z.number(),
	/** Oldest first. */
	entries: z.array( queuedMessage ),
	/** `after` of the next page; null after the last message. */
	next: z.number().nullable(),
	/** Of all that are listed, largest first. */
	sites: groups,
	domains: groups,
	causes: groups,
	states: groups,
} );
export type QueuePage = z.infer< typeof queuePage >;

/** What is done, with which messages of the list that was read then: those named, or all that a filter leaves. */
export const queueChange = z.strictObject( {
	action: z.enum( queueActions ),
	readAt: z.iso.datetime(),
	which: z.union( [
		z.strictObject( { ids: z.array( queueId ).min( 1 ).max( 500 ) } ),
		z.strictObject( { filter: queueFilter } ),
	] ),
} );
export type QueueChange = z.output< typeof queueChange >;
