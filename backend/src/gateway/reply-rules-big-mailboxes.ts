import type { ReplyRule } from './reply-rule.ts';

const google = {
	presets: [ 'gmail', 'google_workspace', 'google_relay' ],
	source: 'https://support.google.com/a/answer/3726730',
};
const microsoft = {
	presets: [ 'microsoft_365' ],
	source: 'https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online',
};

/** Google and Microsoft: what their documented replies mean. */
export const bigMailboxRules: readonly ReplyRule[] = [
	// Google
	{
		...google,
		cause: 'app_password_required',
		reply: /^534[ -]5\.7\.9 Application-specific password required/i,
		example:
			'534-5.7.9 Application-specific password required. For more information, go to 534 5.7.9 https://support.google.com/mail/?p=InvalidSecondFactor',
	},
	{
		...google,
		cause: 'web_login_required',
		reply: /^534[ -]5\.7\.(14|9)\b.*(log|sign) ?in/i,
		example:
			'534-5.7.14 Please log in via your web browser and then try again. 534 5.7.14 https://support.google.com/mail/?p=WebLoginRequired',
	},
	{
		...google,
		cause: 'app_password_required',
		reply: /^535[ -]5\.7\.8\b.*not accepted/i,
		example:
			'535-5.7.8 Username and Password not accepted. For more information, go to 535 5.7.8 https://support.google.com/mail/?p=BadCredentials',
	},
	{
		...google,
		cause: 'too_many_logins',
		reply: /^454[ -]4\.7\.0\b.*too many/i,
		example: '454 4.7.0 Too many login attempts, please try again later.',
	},
	{
		...google,
		cause: 'no_credential',
		reply: /^530[ -]5\.5\.1 Authentication Required/i,
		example:
			'530 5.5.1 Authentication Required. For more information, go to https://support.google.com/accounts/troubleshooter/2402620',
	},
	{
		...google,
		cause: 'quota_exceeded',
		reply: /^550[ -]5\.4\.5\b/,
		example:
			'550 5.4.5 Daily user sending limit exceeded. For more information on Gmail sending limits go to https://support.google.com/a/answer/166852',
	},
	{
		...google,
		cause: 'quota_exceeded',
		reply: /^(421|454|550)[ -]\S+ Daily SMTP relay (sending )?limit exceeded/i,
		example: '550 5.7.1 Daily SMTP relay limit exceeded for user.',
	},
	{
		...google,
		cause: 'address_not_authorised',
		reply: /^550[ -]5\.7\.[01]\b.*(invalid credentials for relay|mail relay denied)/is,
		example:
			'550-5.7.1 Invalid credentials for relay [203.0.113.7]. The IP address you have registered in your Workspace SMTP Relay service does not match the domain of the account this email is being sent from.',
	},
	{
		...google,
		cause: 'recipient_too_fast',
		reply: /^450[ -]4\.2\.1\b.*rate/is,
		example:
			'450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered.',
	},
	{
		...google,
		cause: 'content_refused',
		reply: /^552[ -]5\.7\.0\b/,
		example: '552 5.7.0 This message was blocked because its content presents a potential security issue.',
	},
	{
		...google,
		cause: 'message_too_large',
		reply: /^552[ -]5\.[23]\.[34]\b/,
		example: "552 5.3.4 Your message exceeded Google's message size limits.",
	},
	{
		...google,
		cause: 'recipient_mailbox_full',
		reply: /^(452[ -]4|552[ -]5)\.2\.2\b/,
		example: "452 4.2.2 The recipient's inbox is out of storage space and inactive.",
	},

	// Microsoft 365
	{
		...microsoft,
		cause: 'smtp_auth_disabled',
		reply: /^535[ -]5\.7\.139\b.*SmtpClientAuthentication is disabled/is,
		example:
			'535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.',
		source: 'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission',
	},
	{
		...microsoft,
		cause: 'login_forbidden_by_policy',
		reply: /^535[ -]5\.7\.139\b.*(security defaults|did not meet the criteria|conditional access|locked)/is,
		example:
			"535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator.",
		source: 'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission',
	},
	{
		...microsoft,
		cause: 'wrong_credentials',
		reply: /^535[ -]5\.7\.139\b.*credentials were incorrect/is,
		example: '535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.',
		source: 'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission',
	},
	{
		...microsoft,
		cause: 'wrong_credentials',
		reply: /^535[ -]5\.7\.3\b/,
		example: '535 5.7.3 Authentication unsuccessful',
	},
	{
		...microsoft,
		cause: 'password_login_ended',
		reply: /^550[ -]5\.7\.30\b/,
		example: '550 5.7.30 Basic authentication is not supported for Client Submission.',
		source: 'https://techcommunity.microsoft.com/blog/exchange/exchange-online-to-retire-basic-auth-for-client-submission-smtp-auth/4114750',
	},
	{
		...microsoft,
		cause: 'no_credential',
		reply: /^530[ -]5\.7\.57\b/,
		example: '530 5.7.57 Client not authenticated to send mail.',
	},
	{
		...microsoft,
		cause: 'sender_refused',
		reply: /^5\d\d[ -]5\.7\.60\b/,
		example: '550 5.7.60 SMTP; Client does not have permissions to send as this sender',
	},
	{
		...microsoft,
		cause: 'sender_refused',
		reply: /^554[ -]5\.2\.(252|0)\b.*SendAsDenied/is,
		example:
			'554 5.2.252 SendAsDenied; info@example.com not allowed to send as other@example.com; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied',
	},
	{
		...microsoft,
		cause: 'account_suspended',
		reply: /^554[ -]5\.2\.0\b.*OutboundSpam/is,
		example:
			'554 5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; Failed to process message due to a permanent exception',
	},
	{
		...microsoft,
		cause: 'account_suspended',
		reply: /^5\d\d[ -]5\.1\.8\b/,
		example: '550 5.1.8 Access denied, bad outbound sender.',
	},
	{
		...microsoft,
		cause: 'quota_exceeded',
		reply: /^550[ -]5\.1\.90\b/,
		example: "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients",
	},
	{
		...microsoft,
		// Microsoft's own outbound address of a new or trial tenant: there is no list for this server's
		cause: 'account_suspended',
		reply: /^550[ -]5\.7\.708\b/,
		example: '550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP.',
	},
	{
		...microsoft,
		cause: 'sender_refused',
		reply: /^550[ -]5\.7\.750\b/,
		example: '550 5.7.750 Service unavailable. Client blocked from sending from unregistered domains.',
	},
	{
		...microsoft,
		cause: 'account_suspended',
		reply: /^550[ -]5\.7\.705\b/,
		example: '550 5.7.705 Access denied, tenant has exceeded threshold.',
	},
	{
		...microsoft,
		cause: 'too_many_connections',
		reply: /^432[ -]4\.3\.2\b/,
		example: '432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded',
		source: 'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission',
	},
	{
		...microsoft,
		cause: 'provider_in_trouble',
		reply: /^451[ -]4\.7\.500\b/,
		example: '451 4.7.500 Server busy. Please try again later.',
	},
	{
		...microsoft,
		cause: 'too_fast',
		reply: /^554[ -]5\.2\.0\b.*(SubmissionQuota|MessageSubmissionExceeded)/is,
		example:
			'554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed to process message due to a permanent exception',
	},
];
