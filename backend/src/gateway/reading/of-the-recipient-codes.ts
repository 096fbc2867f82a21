import type { Concept } from './concept.ts';

/** What the code says of the recipient, where the words say nothing. */
export const ofTheRecipientCodes = {
	full: {
		cause: 'recipient_mailbox_full',
		means: 'no words, but the code of a full mailbox',
		enhanced: '2[.]2',
		stages: [ 'RCPT TO', 'DATA', 'end of DATA' ],
		passes: true,
	},
	disabled: {
		cause: 'recipient_disabled',
		means: 'no words, but the code of a mailbox that is switched off',
		enhanced: '2[.]1',
		stages: [ 'RCPT TO' ],
		passes: false,
	},
	malformed: {
		cause: 'recipient_malformed',
		means: 'no words, but the code of an address that is none',
		enhanced: '1[.]3',
		stages: [ 'RCPT TO', 'DATA', 'end of DATA' ],
		passes: false,
	},
	unknown: {
		cause: 'recipient_unknown',
		means: 'no words, but the code of an unknown address, domain or mailbox',
		enhanced: '1[.](1|2|4|6|10)',
		stages: [ 'RCPT TO', 'DATA', 'end of DATA' ],
		passes: false,
	},
} satisfies Record< string, Concept >;
