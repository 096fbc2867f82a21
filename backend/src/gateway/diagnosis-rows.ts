import type { Cause } from '@email-gateway/shared';

/** One row of what is known about mail that did not go through. Every condition that a row has must hold. */
export interface Row {
	cause: Cause;
	/** Stages at which it counts; none: at any. */
	stage?: readonly string[];
	/** In the provider's reply, or Postfix's words where the provider gave none. */
	reply?: RegExp;
	/** True: only what the provider itself said. False: only Postfix's own words. */
	said?: boolean;
	/** In one of the lines that Postfix logged about this connection. */
	context?: RegExp;
}

const encryption = [ 'STARTTLS' ];
const refusedForGood = /^5\d\d/;
const refusedForNow = /^4\d\d/;

/**
 * Read from above, the first row that fits counts: what one provider means by a code stands before what the code means
 * everywhere. Sources: RFC 5321, RFC 3463, RFC 4954, the providers' own documentation, and lines of real Postfixes.
 */
export const rows: readonly Row[] = [
	// the name, the way
	{ cause: 'resolver_down', said: false, reply: /temporary failure in name resolution|host not found, try again/i },
	{
		cause: 'name_not_found',
		said: false,
		reply: /name or service not known|no address associated|host not found|name service error/i,
	},
	{ cause: 'port_closed', said: false, reply: /^connect to .*: Connection refused$/ },
	{
		cause: 'port_blocked',
		said: false,
		reply: /^connect to .*: (Connection timed out|No route to host|Network is unreachable|Host is down|Permission denied)$/,
	},

	// the greeting
	{ cause: 'too_many_connections', stage: [ 'greeting' ], said: true, reply: refusedForNow },
	{ cause: 'dropped_at_greeting', stage: [ 'greeting' ], said: true },
	{ cause: 'dropped_at_greeting', stage: [ 'EHLO' ], said: true, reply: refusedForGood },
	{ cause: 'greeting_timed_out', stage: [ 'greeting', 'EHLO' ], said: false, reply: /timed out/ },
	{
		// after STARTTLS Postfix calls the whole way to the sender an EHLO handshake, signing in included
		cause: 'dropped_midway',
		stage: [ 'EHLO' ],
		said: false,
		reply: /^lost connection/,
		context: /TLS connection established to \S+:(?!(465|2465|8465|443):)\d+: /,
	},
	{ cause: 'dropped_at_greeting', stage: [ 'greeting', 'EHLO' ], said: false, reply: /^lost connection/ },

	// encryption
	{ cause: 'starttls_not_offered', stage: encryption, reply: /^TLS is required, but was not offered/ },
	{ cause: 'starttls_not_offered', stage: encryption, said: true, reply: refusedForGood },
	{
		cause: 'certificate_expired',
		stage: encryption,
		reply: /^Server certificate/,
		context: /certificate has expired/,
	},
	{
		cause: 'certificate_not_yet_valid',
		stage: encryption,
		reply: /^Server certificate/,
		context: /certificate (is )?not yet valid/,
	},
	{
		cause: 'certificate_self_signed',
		stage: encryption,
		reply: /^Server certificate/,
		context: /verification failed .*: self.signed certificate$/,
	},
	{
		cause: 'certificate_wrong_name',
		stage: encryption,
		reply: /^Server certificate/,
		context: /hostname mismatch|host name mismatch/i,
	},
	{ cause: 'certificate_untrusted', stage: encryption, reply: /^Server certificate/ },
	{ cause: 'tls_handshake_failed', stage: encryption },

	// at any stage: it hangs up
	{ cause: 'too_many_connections', said: true, reply: /^421/ },

	// signing in
	{
		cause: 'oauth_only',
		stage: [ 'AUTH' ],
		reply: /no compatible authentication mechanisms/,
		context: /AUTH mechanisms: '[^']*(XOAUTH2|OAUTHBEARER)/,
	},
	{
		cause: 'no_mechanism_in_common',
		stage: [ 'AUTH' ],
		reply: /no compatible authentication mechanisms|no mechanism available/,
	},
	{
		cause: 'app_password_required',
		stage: [ 'AUTH' ],
		said: true,
		reply: /application-specific password|app password/i,
	},
	{ cause: 'smtp_auth_disabled', said: true, reply: /SmtpClientAuthentication is disabled/i },
	{ cause: 'oauth_only', said: true, reply: /^5\d\d[ -]5\.7\.(139|30)\b/ },
	{ cause: 'unknown', stage: [ 'AUTH' ], reply: /^525[ -]/ },
	{ cause: 'temporary_login_failure', stage: [ 'AUTH' ], said: true, reply: refusedForNow },
	{ cause: 'wrong_credentials', stage: [ 'AUTH' ], said: true, reply: refusedForGood },
	{ cause: 'no_credential', said: true, reply: /^[45]30[ -]/ },

	// for now; the word counts before the code, for everybody greylists with another one
	{ cause: 'greylisted', said: true, reply: /^4.*gr[ae]y.?list/i },
	{ cause: 'provider_in_trouble', said: true, reply: /^45\d[ -]4\.3\.\d/ },

	// limits
	{ cause: 'too_many_connections', said: true, reply: /^432 4\.3\.2/ },
	{
		cause: 'quota_exceeded',
		said: true,
		reply: /^452[ -]4\.5\.3|^550[ -]5\.4\.5|(daily|hourly|monthly|sending) (\w+ )*(limit|quota)/i,
	},
	{
		cause: 'message_too_large',
		reply: /^message size \d+ exceeds size limit|^55[02][ -]5\.(3\.4|2\.3)|^552.*\bsize\b/i,
	},

	// the sender
	{ cause: 'sender_refused', stage: [ 'MAIL FROM' ], said: true, reply: refusedForGood },
	{
		cause: 'sender_refused',
		stage: [ 'RCPT TO', 'DATA', 'end of DATA' ],
		said: true,
		reply: /sender address rejected|not verified|must be verified|does not match a verified sender|relaying disallowed as|^5\d\d[ -]5\.(7\.60|2\.252)\b/i,
	},

	// the recipient
	{
		cause: 'recipient_unknown',
		stage: [ 'RCPT TO', 'end of DATA' ],
		said: true,
		reply: /^5\d\d[ -]5\.1\.[123]\b|user unknown|unknown user|no such user|does not exist/i,
	},
	{ cause: 'quota_exceeded', stage: [ 'RCPT TO' ], said: true, reply: /^452/ },
	{ cause: 'greylisted', stage: [ 'RCPT TO' ], said: true, reply: /^45[01]/ },

	// the message
	{ cause: 'lost_after_data', stage: [ 'end of DATA' ], said: false, reply: /^lost connection|timed out/ },
	{ cause: 'dropped_midway', said: false, reply: /^(lost connection|conversation) with / },
	{ cause: 'content_refused', stage: [ 'DATA', 'end of DATA' ], said: true, reply: /^55[04]/ },
];
