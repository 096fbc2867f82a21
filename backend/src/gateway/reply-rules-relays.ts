import type { ReplyRule } from './reply-rule.ts';

const ses = { presets: [ 'ses' ], source: 'https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-smtp.html' };
const sendgrid = {
	presets: [ 'sendgrid' ],
	source: 'https://www.twilio.com/docs/sendgrid/for-developers/sending-email/smtp-errors-and-troubleshooting',
};
const mailgun = {
	presets: [ 'mailgun_us', 'mailgun_eu' ],
	source: 'https://documentation.mailgun.com/docs/mailgun/user-manual/sending-messages/send-smtp',
};
const brevo = { presets: [ 'brevo' ], source: 'https://developers.brevo.com/docs/smtp-integration' };
const smtp2go = { presets: [ 'smtp2go' ], source: 'https://github.com/PHPMailer/PHPMailer/issues/2683' };
const resend = { presets: [ 'resend' ], source: 'https://resend.com/docs/api-reference/errors' };
const mailersend = { presets: [ 'mailersend' ], source: 'https://developers.mailersend.com/general.html' };
const sparkpost = { presets: [ 'sparkpost' ], source: 'https://support.sparkpost.com/docs/deliverability' };
const zeptomail = { presets: [ 'zeptomail' ], source: 'https://www.zoho.com/zeptomail/help/smtp-errorcodes.html' };

/** Sending services: what their documented or observed replies mean. */
export const relayRules: readonly ReplyRule[] = [
	// Amazon SES
	{
		...ses,
		cause: 'wrong_credentials',
		reply: /^535\b.*Authentication Credentials Invalid/is,
		example: '535 Authentication Credentials Invalid',
	},
	{
		...ses,
		cause: 'temporary_login_failure',
		reply: /^454\b.*Temporary authentication failure/is,
		example: '454 Temporary authentication failure',
	},
	{
		...ses,
		cause: 'quota_exceeded',
		reply: /^454\b.*Daily message quota exceeded/is,
		example: '454 Throttling failure: Daily message quota exceeded',
	},
	{
		...ses,
		cause: 'too_fast',
		reply: /^454\b.*Maximum sending rate exceeded/is,
		example: '454 Throttling failure: Maximum sending rate exceeded',
	},
	{
		...ses,
		cause: 'identity_not_verified',
		reply: /^554\b.*Email address is not verified/is,
		example:
			'554 Message rejected: Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: info@example.com',
		source: 'https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html',
	},
	{
		...ses,
		cause: 'account_not_permitted',
		reply: /^554\b.*not authorized to perform/is,
		example:
			'554 Access denied: User arn:aws:iam::123456789012:user/smtp is not authorized to perform ses:SendRawEmail on resource',
	},
	{
		...ses,
		cause: 'account_suspended',
		reply: /^554\b.*(sending (suspended|paused)|account is paused)/is,
		example: '554 Message rejected: Sending suspended for this account.',
		source: 'https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html',
	},
	{
		...ses,
		cause: 'no_credential',
		reply: /^530\b.*Authentication required/is,
		example: '530 Authentication required',
	},
	{ ...ses, cause: 'message_too_large', reply: /^552\b.*too long/is, example: '552 Message is too long.' },

	// SendGrid
	{
		...sendgrid,
		cause: 'quota_exceeded',
		reply: /^[45]\d\d\b.*Maximum credits exceeded/is,
		example: '451 Authentication failed: Maximum credits exceeded',
	},
	{
		...sendgrid,
		cause: 'wrong_credentials',
		reply: /^535\b.*authorization grant is invalid/is,
		example: '535 Authentication failed: The provided authorization grant is invalid, expired, or revoked',
	},
	{
		...sendgrid,
		cause: 'wrong_credentials',
		reply: /^535\b.*Bad username/is,
		example: '535 Authentication failed: Bad username / password',
	},
	{
		...sendgrid,
		cause: 'sender_refused',
		reply: /^550\b.*does not match a verified Sender Identity/is,
		example:
			'550 The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved.',
	},
	{
		...sendgrid,
		cause: 'no_credential',
		reply: /^550\b.*Unauthenticated senders not allowed/is,
		example: '550 Unauthenticated senders not allowed',
	},
	{
		...sendgrid,
		cause: 'quota_exceeded',
		reply: /^452\b.*Too many recipients received this hour/is,
		example: '452 Too many recipients received this hour',
	},

	// Mailgun
	{
		...mailgun,
		cause: 'recipient_not_verified',
		reply: /^[45]\d\d\b.*(Free accounts are for test purposes only|authorized recipients)/is,
		example:
			'421 4.7.0 Domain sandbox123.mailgun.org is not allowed to send: Free accounts are for test purposes only. Please upgrade or add the address to authorized recipients in Account Settings.',
	},
	{
		...mailgun,
		cause: 'sender_refused',
		reply: /^[45]\d\d\b.*is not allowed to send: The domain is unverified/is,
		example:
			'421 4.7.0 Domain mg.example.com is not allowed to send: The domain is unverified and requires DNS configuration.',
	},
	{
		...mailgun,
		cause: 'wrong_credentials',
		bare: true,
		stage: [ 'AUTH' ],
		reply: /^535\b/,
		example: '535 5.7.0 Mailgun is not loving your login or password',
	},
	{
		...mailgun,
		cause: 'no_credential',
		reply: /^550[ -]5\.7\.1 Relaying denied/i,
		example: '550 5.7.1 Relaying denied',
		source: 'https://github.com/n8n-io/n8n/issues/13269',
	},

	// Brevo
	{
		...brevo,
		cause: 'address_not_authorised',
		reply: /^525[ -]5\.7\.1\b/,
		example: '525 5.7.1 Unauthorized IP address',
	},
	{
		...brevo,
		cause: 'account_suspended',
		reply: /^5\d\d\b.*account is not (yet )?activated/is,
		example: '502 5.7.0 Your SMTP account is not yet activated.',
	},
	{
		...brevo,
		cause: 'wrong_credentials',
		bare: true,
		stage: [ 'AUTH' ],
		reply: /^535\b/,
		example: '535 5.7.8 Authentication failed',
	},

	// SMTP2GO
	{
		...smtp2go,
		cause: 'sender_refused',
		reply: /^550\b.*sender domain not verified/is,
		example:
			'550-From header sender domain not verified. 550-On your Settings > Sender Domains page 550 verify the sender domain to be allowed to send.',
	},
	{
		...smtp2go,
		cause: 'address_not_authorised',
		reply: /^550\b.*IP address is not allowed to send/is,
		example: '550 that IP address is not allowed to send',
		source: 'https://github.com/gophish/gophish/issues/1701',
	},
	{
		...smtp2go,
		cause: 'sender_refused',
		reply: /^550\b.*enable blank senders/is,
		example: '550 to send email from a blank sender, enable blank senders',
		source: 'https://github.com/sefinek/Cloudflare-WAF-Expressions/issues/9',
	},

	// Resend
	{
		...resend,
		cause: 'recipient_not_verified',
		reply: /^[45]\d\d\b.*only send testing emails to your own/is,
		example: '550 You can only send testing emails to your own email address (me@example.com).',
	},
	{
		...resend,
		cause: 'sender_refused',
		reply: /^[45]\d\d\b.*domain is not verified/is,
		example:
			'550 The example.com domain is not verified. Please, add and verify your domain on https://resend.com/domains',
	},

	// MailerSend says 450 for what it refuses for good
	{
		...mailersend,
		cause: 'sender_refused',
		reply: /^450\b.*must be verified/is,
		example: '450 The from.email domain must be verified in your account to send emails. #MS42207',
	},
	{
		...mailersend,
		cause: 'refused_for_good_as_temporary',
		reply: /^450\b.*given data was invalid/is,
		example: '450 The given data was invalid.',
	},

	// SparkPost
	{
		...sparkpost,
		cause: 'sender_refused',
		reply: /^550\b.*Unconfigured Sending Domain/is,
		example: '550 5.7.1 Unconfigured Sending Domain <example.com>',
	},
	{
		...sparkpost,
		cause: 'quota_exceeded',
		reply: /^[45]\d\d\b.*Exceed(ed)? Sending Limit/is,
		example: '550 5.7.1 Exceed Sending Limit (daily)',
	},

	// ZeptoMail
	{
		...zeptomail,
		cause: 'sender_refused',
		reply: /^553\b.*Relaying disallowed/is,
		example: '553 Relaying disallowed. Invalid Domain - example.com',
	},
];
