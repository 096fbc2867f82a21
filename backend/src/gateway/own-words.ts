import type { Cause, Whose } from '@email-gateway/shared';
import { droppedBySandbox, keptBySandbox } from './sandbox.ts';

/** One thing that Postfix itself says. Every condition that a row has must hold. */
export interface OwnWords {
	cause: Cause;
	/** Where it is not the matter of whom the cause usually is. */
	whose?: Whose;
	stage?: readonly string[];
	reply?: RegExp;
	/** In one of the lines that Postfix logged about this connection. */
	context?: RegExp;
	/** `host[address]:port` of the connection. */
	relay?: RegExp;
	/** The line is about this provider, which is known to have a certificate of a public authority. */
	publicAuthority?: true;
}

const encryption = [ 'STARTTLS' ];
const knownRoots =
	/untrusted issuer .*(GlobalSign|DigiCert|ISRG|Let.s Encrypt|Sectigo|USERTrust|Amazon|Starfield|GTS Root|Google Trust|GeoTrust|Baltimore|COMODO|Entrust|Go ?Daddy|VeriSign|thawte|QuoVadis|Certum|T-TeleSec|DST Root|IdenTrust|Microsoft)/i;
const connected = /^connect to \S+( |: )/;

/** Read from above, the first that fits counts. Nothing here is said by a provider. */
export const ownWords: readonly OwnWords[] = [
	// this server’s own Postfix
	{ cause: 'sandbox', reply: new RegExp( `^(${ keptBySandbox }|${ droppedBySandbox })$` ) },
	{ cause: 'loops_to_itself', reply: /loops back to myself/ },
	{ cause: 'tls_mode_unexpected', reply: /wrappermode/ },
	{ cause: 'message_too_large', reply: /^fatal: \S+: message file too big/ },
	{
		cause: 'own_postfix_failed',
		reply: /^(connect to|lost connection with|conversation with) (localhost|127\.|\[?::1|private)/,
	},
	{
		cause: 'sasl_missing',
		reply: /no mechanism available|no worthy mechs|find mech |unable to load plugin|SASL.*(generic failure|client library|not supported)/i,
	},
	{
		cause: 'root_store_missing',
		reply: /TLS is required|Cannot start TLS|^Server certificate/,
		context: /cannot load (Certification Authority|CA) data|CA ?file.*(No such file|Permission denied)/i,
	},
	{
		cause: 'tlsproxy_missing',
		reply: /our TLS engine is unavailable|tlsproxy/,
	},
	{
		cause: 'tlsproxy_missing',
		reply: /TLS is required|Cannot start TLS/,
		context: /private\/tlsproxy: (No such file|Connection refused)/,
	},
	{
		cause: 'own_postfix_failed',
		reply: /unknown mail transport error|mail transport unavailable|local data error|server configuration|dictionary|libsasl|(main|master)\.cf|\/postfix|private\/|public\/|parameter|daemon|child process|command startup|throttl|premature|(open|lookup|read|write) .*(table|database|map|file)|alias database unavailable|queue file|lock file|No space left on device|mail_queue_enter|maildrop|xsasl|BOTH mydestination|transport is unavailable|All-whitespace|Insufficient system|internal|malformed|resolver failure|service failure|configuration error|DNSSEC|maildir delivery|cannot update mailbox|user output file|[Cc]ommand output:|SMTPUTF8 is required.*Postfix/i,
	},
	// a library of a program says “Error: ”
	{ cause: 'own_postfix_failed', reply: /^(fatal|panic|error): / },
	{
		cause: 'sasl_missing',
		reply: /^warning: SASL authentication (failure|problem): /,
	},
	{
		cause: 'tls_too_old',
		reply: /^(warning: )?TLS library problem: .*(key too small|unsupported protocol|version too low|handshake failure|no shared cipher|alert protocol version)/i,
	},
	{
		// what a daemon warns of: its files, tables, keys, filters and modules
		cause: 'own_postfix_failed',
		reply: /^(warning: )?(?!.*\bsaid: )(.*(_maps\b|\bmaps? |milter|content.?filter|cannot (get|load|open|create|find|read|write|use|chdir|run|execute|bind|locate)|Configuration file|bad (string|numeric|boolean|parameter)|temporary lookup failure|lookup (error|failure)|TLS library (init|problem: error:.*(cert|key|file|configuration))|killed by signal|exit status|bad command|out of memory|too many open files|Address already in use|Operation not permitted))/i,
	},
	{ cause: 'certificate_self_signed', reply: /\bself.signed certificate( in certificate chain)?$/i },
	{ cause: 'certificate_expired', reply: /\bcertificate has expired$/i },
	{
		cause: 'certificate_untrusted',
		reply: /^(warning: )?(server )?certificate verification failed/i,
	},
	{
		cause: 'tls_timed_out',
		reply: /^SSL_connect error to .*: (Connection timed out|lost connection|Connection reset)/i,
	},
	{ cause: 'tls_handshake_failed', reply: /^(warning: )?(TLS library problem|SSL_connect error|TLS handshake)/i },
	{ cause: 'message_malformed', reply: /^SMTPUTF8 is required/ },
	{ cause: 'message_malformed', reply: /too many hops|mail forwarding loop/i },

	{ cause: 'provider_in_trouble', reply: /^protocol error: host / },

	// the name, the way
	{
		cause: 'resolver_down',
		reply: /temporary failure in name resolution|host not found, try again|unexpected name server reply|server failure/i,
	},
	{
		cause: 'name_not_found',
		reply: /name or service not known|no address associated|host not found|name service error|bad domain name syntax|^invalid host ?name/i,
	},
	{ cause: 'port_closed', reply: /^(connect to .*: )?Connection refused$/ },
	{
		cause: 'port_blocked',
		whose: 'server',
		reply: /^connect to .*: (Network is unreachable|Permission denied|Operation not permitted)$/,
	},
	{
		cause: 'port_blocked',
		reply: /^(connect to .*: )?(Connection timed out|Connection reset by peer|No route to host|Host is down|server unavailable or unable to receive mail)$/,
	},
	{ cause: 'port_blocked', reply: connected },

	// the greeting
	{
		cause: 'dropped_at_greeting',
		stage: [ 'greeting' ],
		reply: /^lost connection/,
		context: /TLS connection established/,
	},
	{
		// such a port says nothing before TLS, and no TLS was begun
		cause: 'tls_mode_unexpected',
		stage: [ 'greeting' ],
		relay: /:(465|2465|8465|443)$/,
		reply: /^lost connection|timed out/,
	},
	{
		cause: 'greeting_timed_out',
		stage: [ 'greeting', 'EHLO' ],
		reply: /timed out/,
	},
	{
		// after STARTTLS Postfix calls the whole way to the sender an EHLO handshake, signing in included
		cause: 'dropped_midway',
		stage: [ 'EHLO' ],
		reply: /^lost connection/,
		context: /TLS connection established to \S+:(?!(465|2465|8465|443):)\d+: /,
	},
	{
		cause: 'dropped_at_greeting',
		stage: [ 'greeting', 'EHLO' ],
		reply: /^lost connection/,
	},

	// encryption
	{
		cause: 'starttls_not_offered',
		stage: encryption,
		reply: /^TLS is required, but was not offered/,
	},
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
	{
		cause: 'root_store_missing',
		stage: encryption,
		reply: /^Server certificate/,
		context: knownRoots,
		publicAuthority: true,
	},
	{
		// the line names the issuer
		cause: 'certificate_untrusted',
		stage: encryption,
		reply: /^Server certificate/,
		context: /verification failed .*: untrusted issuer /,
	},
	{
		cause: 'certificate_untrusted',
		stage: encryption,
		reply: /^Server certificate/,
	},
	{
		cause: 'tls_too_old',
		stage: encryption,
		context:
			/unsupported protocol|version too low|(dh|ee|ca) key too small|md too weak|no shared cipher|alert (protocol version|insufficient security)|legacy renegotiation|(no|unsupported) (suitable|elliptic)/i,
	},
	{
		cause: 'tls_timed_out',
		stage: encryption,
		context: /SSL_connect error .*: (Connection timed out|lost connection|Connection reset)/i,
	},
	{ cause: 'tls_handshake_failed', stage: encryption },

	// signing in
	{
		cause: 'oauth_only',
		stage: [ 'AUTH' ],
		reply: /no compatible authentication mechanisms/,
		context: /AUTH mechanisms: '[^']*(XOAUTH2|OAUTHBEARER)/,
	},
	{
		cause: 'no_mechanism_in_common',
		whose: 'server',
		stage: [ 'AUTH' ],
		reply: /no compatible authentication mechanisms/,
	},
	// any other word of its own about a sign-in: the provider was not heard
	{ cause: 'own_postfix_failed', stage: [ 'AUTH' ], reply: /^SASL (?!.* said: )/ },

	// recipient and message
	{ cause: 'recipient_malformed', reply: /^bad address syntax/i },
	{
		cause: 'recipient_unknown',
		reply: /no mailboxes|user unknown|unknown user|unknown in (virtual|local|relay)/i,
	},
	{ cause: 'message_too_large', reply: /^message size \d+ exceeds size limit/ },
	{
		cause: 'lost_after_data',
		stage: [ 'end of DATA' ],
		reply: /^lost connection|timed out/,
	},
	{ cause: 'dropped_midway', reply: /^(lost connection|conversation) with / },
	// a warning about nobody else
	{ cause: 'own_postfix_failed', reply: /^warning: (?!.*\[[\da-f.:]+\])/i },
];
