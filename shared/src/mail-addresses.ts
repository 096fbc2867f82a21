import { z } from 'zod';
import { mailAddress } from './fields.ts';
import { mailOutcomes } from './mail-log.ts';

/** How the mail log keeps addresses of senders and recipients. */
export const mailAddressForms = [
	'whole',
	/** `@example.org` */
	'domains',
	/** Keyed hashes: only who searches for a whole address finds it. */
	'hashed',
] as const;
export type MailAddressForm = ( typeof mailAddressForms )[ number ];

/** Days that messages are kept unless a site says otherwise. */
export const usualKeptDays = 30;
/** Mail waits for up to eight days: what becomes of it is told within the fewest. */
const days = { fewest: 10, most: 90 };

const keptDays = z
	.int( { error: 'not_kept_days' } )
	.min( days.fewest, { error: 'not_kept_days' } )
	.max( days.most, { error: 'not_kept_days' } );

export const mailSettings = z.strictObject( {
	addresses: z.enum( mailAddressForms ),
	/** Days that messages are kept; absent: as before. */
	keptDays: keptDays.optional(),
} );

export const mailSettingsView = mailSettings.extend( {
	keptDays,
	/** Rows from before the setting are still being rewritten. */
	rewriting: z.boolean(),
} );
export type MailSettingsView = z.infer< typeof mailSettingsView >;

/** A message that one address sent or was sent, for who asks what is kept of it. */
export const addressEntry = z.object( {
	serverId: z.number(),
	at: z.iso.datetime(),
	as: z.enum( [ 'sender', 'recipient' ] ),
	outcome: z.enum( mailOutcomes ),
	reply: z.string().nullable(),
} );

/** Entries of one page of what is kept of an address; rows that one request erases at most. */
export const addressPageSize = 100;

export const addressQuery = z.strictObject( { address: mailAddress } );
