import type { ReplyRule } from './reply-rule.ts';

const zoho = { presets: [ 'zoho' ], source: 'https://www.zoho.com/mail/help/error-codes.html' };
const yahoo = { presets: [ 'yahoo', 'aol' ], source: 'https://senders.yahooinc.com/smtp-error-codes/' };
const icloud = { presets: [ 'icloud' ], source: 'https://support.apple.com/en-us/102525' };
const fastmail = { presets: [ 'fastmail' ], source: 'https://www.fastmail.help/hc/en-us/articles/1500000280481' };

/** Mailboxes of other providers: they take app passwords only. */
export const mailboxRules: readonly ReplyRule[] = [
	// Zoho Mail
	{
		...zoho,
		cause: 'sender_refused',
		reply: /^553\b.*Relaying disallowed/is,
		example: '553 Relaying disallowed as info@example.com',
	},
	{
		...zoho,
		cause: 'account_suspended',
		reply: /^5\d\d[ -]5\.(4\.6|1\.8)\b/,
		example: '550 5.4.6 Unusual sending activity detected. Please try after sometime.',
	},
	{
		...zoho,
		cause: 'wrong_credentials',
		bare: true,
		stage: [ 'AUTH' ],
		reply: /^535\b/,
		example: '535 Authentication Failed',
	},

	// Yahoo and AOL
	{
		...yahoo,
		cause: 'too_many_logins',
		reply: /^535\b.*(AUTH005|too many bad auth)/is,
		example: '535 5.7.0 (#AUTH005) Too many bad auth attempts.',
	},
	{
		...yahoo,
		cause: 'app_password_required',
		bare: true,
		stage: [ 'AUTH' ],
		reply: /^535\b/,
		example: '535 5.7.0 (#MBR1212) Incorrect username or password',
	},
	{
		...yahoo,
		cause: 'content_refused',
		reply: /^554\b.*not (allowed|accepted) for policy reasons/is,
		example: '554 5.7.9 Message not accepted for policy reasons. See https://postmaster.yahooinc.com/error-codes',
	},

	// iCloud
	{
		...icloud,
		cause: 'app_password_required',
		bare: true,
		stage: [ 'AUTH' ],
		reply: /^535\b/,
		example: '535 5.7.8 Error: authentication failed: authentication failure',
	},
	{
		...icloud,
		cause: 'sender_refused',
		reply: /^550[ -]5\.7\.0\b.*From address is not one of your addresses/is,
		example: '550 5.7.0 From address is not one of your addresses.',
	},

	// Fastmail
	{
		...fastmail,
		cause: 'sender_refused',
		reply: /^551[ -]5\.7\.1\b/,
		example: '551 5.7.1 Not authorised to send from this header address',
	},
	{
		...fastmail,
		cause: 'app_password_required',
		bare: true,
		stage: [ 'AUTH' ],
		reply: /^535\b/,
		example: '535 5.7.0 Incorrect username or password.',
	},
];
