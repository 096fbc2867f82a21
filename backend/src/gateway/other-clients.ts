import { codesOf } from './reading/normalise.ts';
import { readReply, readingOf, type Reading } from './reading/read-reply.ts';
import type { OwnWords } from './own-words.ts';

// What other mail clients say where people copy from: Node with nodemailer, WordPress with PHPMailer. Each wraps a
// provider's reply in words of its own, or has words only.

/** How they wrap a reply, with the stage that each means. */
const wraps: readonly { pattern: RegExp; stage?: string }[] = [
	// nodemailer
	{ stage: 'AUTH', pattern: /^Invalid login: (?<reply>\d{3}[ -].*)$/s },
	{ stage: 'greeting', pattern: /^Invalid greeting\. response=(?<reply>\d{3}[ -].*)$/s },
	{ stage: 'EHLO', pattern: /^Invalid (?:EHLO|HELO)\. response=(?<reply>\d{3}[ -].*)$/s },
	{ stage: 'STARTTLS', pattern: /^Error upgrading connection with STARTTLS: (?<reply>\d{3}[ -].*)$/s },
	{ stage: 'MAIL FROM', pattern: /^Mail command failed: (?<reply>\d{3}[ -].*)$/s },
	{
		stage: 'RCPT TO',
		pattern:
			/^(?:Can't send mail - all recipients were rejected|Recipient command failed): (?<reply>\d{3}[ -].*)$/s,
	},
	{ stage: 'DATA', pattern: /^Data command failed: (?<reply>\d{3}[ -].*)$/s },
	{ stage: 'end of DATA', pattern: /^Message failed: (?<reply>\d{3}[ -].*)$/s },
	// PHPMailer
	{
		pattern:
			/^SMTP ERROR: (?<command>EHLO|HELO|STARTTLS|MAIL FROM|RCPT TO|DATA END|DATA|AUTH[A-Z0-9 -]*|User(?:name)?(?: & Password)?|Password) command failed: (?<reply>\d{3}[ -].*)$/s,
	},
	{
		pattern:
			/SMTP server error: (?<command>[A-Za-z &]{2,20}) command failed Detail: (?<detail>.*) SMTP code: (?<code>\d{3})(?: Additional SMTP info: (?<enhanced>\d\.\d{1,3}\.\d{1,3}))?/s,
	},
	{
		stage: 'MAIL FROM',
		pattern:
			/^The following From address failed: \S+ : MAIL FROM command failed,(?<detail>[^\r\n]*),(?<code>\d{3})(?:,(?<enhanced>\d\.\d{1,3}\.\d{1,3}))?/,
	},
	{
		stage: 'RCPT TO',
		pattern: /^SMTP Error: The following recipients failed: \S+@\S+: (?<detail>.+)$/s,
	},
];

/** Words of their own. Read from above, the first that fits counts. */
const words: readonly OwnWords[] = [
	{ cause: 'name_not_found', reply: /^getaddrinfo ENOTFOUND |^query[A-Z]\w* (ENOTFOUND|ENODATA) / },
	{
		cause: 'resolver_down',
		reply: /^getaddrinfo (EAI_AGAIN|ESERVFAIL) |^query[A-Z]\w* (ESERVFAIL|ETIMEOUT|EREFUSED) /,
	},
	{ cause: 'resolver_down', reply: /^SMTP .*getaddrinfo.*failed: Temporary failure in name resolution/ },
	{ cause: 'name_not_found', reply: /^SMTP .*getaddrinfo.*failed: / },
	{ cause: 'port_closed', reply: /^connect ECONNREFUSED |^SMTP .*(Connection refused|\(111\))/ },
	{
		cause: 'port_blocked',
		whose: 'server',
		reply: /^connect (ENETUNREACH|EACCES|EPERM) |^SMTP .*(Network is unreachable|Permission denied|\((13|101)\))/,
	},
	{
		cause: 'port_blocked',
		reply: /^connect (ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN) |^Connection timeout$|^SMTP .*(timed out|No route to host|\((110|113)\))/,
	},
	{ cause: 'greeting_timed_out', reply: /^Greeting never received/ },
	{
		cause: 'certificate_wrong_name',
		reply: /^Hostname\/IP does not match certificate's altnames|did not match expected CN=/,
	},
	{ cause: 'certificate_expired', reply: /^certificate has expired$/ },
	{ cause: 'certificate_not_yet_valid', reply: /^certificate is not yet valid$/ },
	{ cause: 'certificate_self_signed', reply: /^(self[- ]signed certificate|DEPTH_ZERO_SELF_SIGNED_CERT)$/ },
	{
		cause: 'certificate_untrusted',
		reply: /^unable to (verify the first|get (local )?issuer) certificate$|^SMTP .*certificate verify failed|stream_socket_enable_crypto\(\).*certificate verify failed/s,
	},
	{ cause: 'tls_mode_unexpected', reply: /^[\dA-F:]{0,40}error:[\dA-F]{8}:SSL routines:.*wrong version number/ },
	{
		cause: 'tls_handshake_failed',
		reply: /^[\dA-F:]{0,40}error:[\dA-F]{8}:SSL routines:|^Client network socket disconnected before secure TLS|stream_socket_enable_crypto\(\)|^SMTP .*SSL operation failed/,
	},
	{
		cause: 'dropped_midway',
		reply: /^(Timeout|Unexpected socket close|Connection closed( unexpectedly)?|read ECONNRESET|write (EPIPE|ECONNRESET)|socket hang up)$|^SMTP NOTICE: EOF caught while checking if connected/,
	},
	{ cause: 'no_credential', reply: /^Missing credentials for "/ },
	{
		cause: 'no_mechanism_in_common',
		reply: /^Unknown authentication method "|^SMTP ERROR: (Authentication is not allowed|The requested authentication method)/,
	},
	{ cause: 'login_refused', reply: /^Invalid login$|^SMTP Error: Could not authenticate\b/i },
	{
		cause: 'port_blocked',
		reply: /^SMTP (Error: Could not connect to SMTP host|ERROR: Failed to connect to server)\b/i,
	},
	{ cause: 'own_postfix_failed', reply: /^Could not instantiate mail function|^Could not execute: \// },
	{ cause: 'sender_malformed', reply: /^Invalid address: +\((From|Sender)\)/i },
	{ cause: 'recipient_unknown', reply: /^Invalid address: +\((to|cc|bcc)\)/i },
	{
		cause: 'message_malformed',
		reply: /^(No recipients defined|You must provide at least one recipient email address|Message body empty)/,
	},
	{ cause: 'message_too_large', reply: /^Message size larger than allowed \d+/ },
	// they tell no more than the step: without the server's words nothing is guessed
	{ cause: 'unknown', reply: /^SMTP (Error: |connect\(\) failed)|^The following From address failed: /i },
];

const stageOf = ( command: string | undefined ): string | null => {
	switch ( command ) {
		case undefined:
			return null;
		case 'DATA END':
			return 'end of DATA';
		case 'HELO':
			return 'EHLO';
		case 'EHLO':
		case 'STARTTLS':
		case 'MAIL FROM':
		case 'RCPT TO':
		case 'DATA':
			return command;
		default:
			return 'AUTH';
	}
};

/** What a text of another mail client means; null where it is none. It is longer than any such text where it is cut. */
export function readOtherClient( host: string, said: string ): Reading | null {
	const text = said
		.slice( 0, 2_048 )
		.trim()
		.replace( /^(?:\w{0,40}Error|PHP Warning|Mailer Error): +/, '' );
	if ( codesOf( text ).code !== null ) {
		return null;
	}
	for ( const { pattern, stage } of wraps ) {
		const groups = pattern.exec( text )?.groups;
		if ( groups ) {
			const { command, code, enhanced, detail, reply } = groups;
			return readReply( {
				...{ host, stage: stage ?? stageOf( command ) },
				reply: reply ?? [ code, enhanced, detail ].filter( Boolean ).join( ' ' ),
			} );
		}
	}
	const row = words.find( ( { reply } ) => reply?.test( text ) );
	return row ? readingOf( row ) : null;
}
