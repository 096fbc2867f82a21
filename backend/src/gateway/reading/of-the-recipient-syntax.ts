import type { Concept } from './concept.ts';

/** What is said of an address that could be nobody's. */
export const ofTheRecipientSyntax = {
	malformed: {
		cause: 'recipient_malformed',
		means: 'the address of the recipient is not written as one',
		says: [
			'(bad|invalid|malformed|illegal|incorrect) (recipient|recipient.s|destination|destination mailbox|rcpt|to)( e.?mail)?( address)? (syntax|format)',
			'malformed (recipient|destination|rcpt)( address)?',
			'(recipient|destination|rcpt)( e.?mail)?( address)?( [^ ]+)? (is |has )?(an? )?(malformed|bad syntax|invalid syntax|invalid format|syntactically)',
			'syntax error in( the)? (recipient|destination|rcpt)( address)?_',
		],
		unless: [ 'sender', 'mail from', 'return.?path', 'unknown', 'no such' ],
		stages: [ 'RCPT TO', 'DATA', 'end of DATA' ],
		passes: false,
	},
} satisfies Record< string, Concept >;
