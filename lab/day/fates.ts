import type { Cause, MailOutcome } from '@email-gateway/shared';
import type { Faults } from '../provider/faults.ts';

/** What must have become of a mail at the end of the day; where it is not told otherwise, it is in the inbox once. */
export interface Fate {
	/** The domain of its recipients: it tells the provider what to do. */
	domain: string;
	outcome: MailOutcome;
	cause: Cause | null;
	/** It was tried more than once on the way. */
	triedAgain?: true;
}

/** Recipients of a domain each, so that the provider knows without a list, and a reader sees it in the log. */
export const fates = {
	accepted: { domain: 'accepted.test', outcome: 'accepted', cause: null },
	greylisted: { domain: 'greylisted.test', outcome: 'accepted', cause: null, triedAgain: true },
	/** The account's daily limit, which is lifted in the evening. */
	limited: { domain: 'limited.test', outcome: 'accepted', cause: null, triedAgain: true },
	unknown: { domain: 'unknown.test', outcome: 'refused', cause: 'recipient_unknown' },
	content: { domain: 'content.test', outcome: 'refused', cause: 'content_refused' },
	/** The mailbox is full all day, and a person holds the mail in the evening. */
	held: { domain: 'held.test', outcome: 'held', cause: 'recipient_mailbox_full' },
} as const satisfies Record< string, Fate >;

export type FateName = keyof typeof fates;

export const fateOf = ( recipient: string ): Fate | undefined =>
	Object.values( fates ).find( ( { domain } ) => recipient.endsWith( `@${ domain }` ) );

const always = {
	[ `@${ fates.unknown.domain }` ]: { rcptTo: '550 5.1.1 No such user here' },
	[ `@${ fates.content.domain }` ]: { message: '554 5.7.1 Message rejected as spam by content scanner' },
	[ `@${ fates.held.domain }` ]: { rcptTo: '452 4.2.2 The mailbox is full' },
};

/** What the provider does while the account's limit is reached, and in the evening. */
export const byDay: Faults = {
	greylist: `@${ fates.greylisted.domain }`,
	atRecipient: {
		...always,
		[ `@${ fates.limited.domain }` ]: { message: '550 5.4.5 Daily user sending limit exceeded' },
	},
};
export const inTheEvening: Faults = { greylist: `@${ fates.greylisted.domain }`, atRecipient: always };
