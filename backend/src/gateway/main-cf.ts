import { implicitTlsPorts, type GatewaySettings } from '@email-gateway/shared';
import { capsHeaderChecks } from './caps.ts';
import { maySubmit } from './may-submit.ts';
import { isAtLeast, type PostfixVersion } from './postfix-version.ts';
import { deliveryLimits, sizeLimit } from './provider-limits.ts';
import { routeParameters } from './route-parameters.ts';
import type { Rules } from './rules.ts';
import { sandboxParameters, virtualAliasMaps } from './sandbox.ts';
import { waysOf } from './shared-account.ts';
import { submitterParameters } from './submitter.ts';
import { loginCache, queueTimes, type WritableMap } from './waiting.ts';

export interface MainCfInput {
	settings: Pick< GatewaySettings, 'smtpServer' | 'smtpPort' | 'userName' | 'sendingDomain' | 'caCertificate' >;
	/** What Postfix says in EHLO and Received. */
	hostname: string;
	version: PostfixVersion;
	/** Folder with the maps of this generation, absolute. */
	folder: string;
	/** A type of map that Postfix can write to on this system; null where none is known to be there. */
	authCache: WritableMap | null;
	rules: Rules;
}

export interface Parameter {
	name: string;
	value: string;
	/** Why the key is there; written above it and shown in the preview. */
	why: string;
}

/** The key of the credential: must equal the relayhost text, brackets and port included. */
export const relayhostOf = ( settings: Pick< GatewaySettings, 'smtpServer' | 'smtpPort' > ) =>
	`[${ settings.smtpServer }]:${ settings.smtpPort }`;

export const mailLog = '/var/log/email-gateway/mail.log';

/** Every key of the generated main.cf, in the order in which it is written, rendered for one Postfix version. */
export function mainCfParameters( input: MainCfInput ): Parameter[] {
	const { settings, hostname, version, folder, authCache } = input;
	const { sandbox, routes, caps } = input.rules;
	const since = ( oldest: PostfixVersion, parameter: Parameter ) =>
		isAtLeast( version, oldest ) ? [ parameter ] : [];
	const implicitTls = implicitTlsPorts.includes( settings.smtpPort );
	// a table, a parameter a line
	// prettier-ignore
	return [
		{
			name: 'compatibility_level',
			value: isAtLeast( version, [ 3, 6 ] ) ? '3.6' : '2',
			why: 'today’s defaults instead of those of a former Postfix',
		},
		// who we are
		{ name: 'myhostname', value: hostname, why: 'the name given to the provider in EHLO' },
		{ name: 'myorigin', value: 'localhost', why: 'who is written without a domain (root, www-data, cron’s deploy) is somebody of this server, never a mailbox of the Sending Domain' },
		{ name: 'append_dot_mydomain', value: 'no', why: 'a name is completed only where we say so' },
		// a null client: takes mail from this server, delivers nothing here
		{ name: 'inet_interfaces', value: 'loopback-only', why: 'nobody outside can hand mail to this server' },
		{ name: 'inet_protocols', value: 'all', why: 'explicit, because packages write what they saw at installation' },
		{ name: 'mynetworks', value: '127.0.0.0/8 [::ffff:127.0.0.0]/104 [::1]/128', why: 'only this server may relay' },
		{ name: 'smtpd_relay_restrictions', value: 'permit_mynetworks, reject', why: 'nothing is relayed for others even if it were reachable' },
		{ name: 'mydestination', value: '', why: 'no domain is delivered on this server, so the Sending Domain’s own mailboxes are reached at the provider' },
		{ name: 'local_transport', value: 'error:5.1.1 this server has no mailboxes', why: 'no local delivery, also not by an address literal' },
		{ name: 'local_recipient_maps', value: '', why: 'no look-up of system users that would answer for mailboxes' },
		{ name: 'alias_maps', value: '', why: 'aliases(5) is not consulted where nothing is delivered locally' },
		{ name: 'alias_database', value: '', why: 'newaliases has nothing to build' },
		{ name: 'virtual_alias_domains', value: '', why: 'the map below rewrites recipients and claims no domain' },
		{ name: 'virtual_alias_maps', value: virtualAliasMaps( sandbox, folder, `texthash:${ folder }/virtual_alias` ), why: 'mail for root and other users of this server goes to Mail for root' },
		{ name: 'recipient_canonical_maps', value: `texthash:${ folder }/virtual_alias`, why: 'and so says its To, so that an answer to all reaches no stranger' },
		{ name: 'recipient_canonical_classes', value: 'header_recipient', why: 'in headers only: the log keeps who was written to' },
		{ name: 'mailbox_size_limit', value: '0', why: 'no mailboxes here; must not be below message_size_limit' },
		// senders
		{ name: 'smtp_generic_maps', value: `texthash:${ folder }/generic`, why: 'on the way out users of this server become senders of the Sending Domain; a site’s own From is left alone' },
		{ name: 'smtputf8_enable', value: 'no', why: 'raw UTF-8 headers would bounce (5.6.7) at a provider without SMTPUTF8' },
		// the log
		caps.length === 0
			? { name: 'header_checks', value: `regexp:${ folder }/header_checks`, why: 'the log names the From of each message: for which domains a site sends' }
			: { name: 'header_checks', value: `regexp:${ folder }/header_checks, regexp:${ capsHeaderChecks }`, why: 'mail of users who are over their cap is held; and the log names the From of each message' },
		{ name: 'mime_header_checks', value: '', why: 'the parts of a message have no From of its own' },
		{ name: 'nested_header_checks', value: '', why: 'nor has a message that is attached' },
		...submitterParameters( input.rules ),
		// who leaves by which account
		...routeParameters( routes, { folder, gateway: settings } ),
		...sandboxParameters( sandbox, folder ),
		// the provider
		{ name: 'relayhost', value: relayhostOf( settings ), why: 'all mail goes to the provider; brackets: no MX look-up' },
		{ name: 'smtp_host_lookup', value: 'native', why: 'resolves as every other program of the server does, /etc/hosts included' },
		{ name: 'smtp_address_preference', value: 'ipv4', why: 'broken IPv6 would cost 15 s a message; IPv6 is still used where IPv4 fails' },
		{ name: 'smtp_connect_timeout', value: '15s', why: 'a port that swallows connections is known soon, and the provider’s next address is tried' },
		{ name: 'smtp_helo_timeout', value: '300s', why: 'a provider with too much to do greets and lets in late: five minutes are what RFC 5321 gives it' },
		{ name: 'smtp_sasl_auth_enable', value: 'yes', why: 'sign in at the provider' },
		{ name: 'smtp_sasl_password_maps', value: `texthash:${ folder }/sasl_passwd`, why: 'the credential, readable by root only; no index file to rebuild' },
		{ name: 'smtp_sasl_mechanism_filter', value: 'plain, login', why: 'the mechanisms every provider has, inside verified TLS' },
		{ name: 'smtp_sasl_security_options', value: 'noanonymous', why: 'never without the credential' },
		{ name: 'smtp_sasl_tls_security_options', value: 'noanonymous', why: 'PLAIN and LOGIN are allowed inside TLS' },
		...loginCache( authCache ),
		{ name: 'smtp_delivery_status_filter', value: `regexp:${ folder }/status_filter`, why: 'a refusal that somebody can mend (login, account, sender, this server, provider) waits instead of bouncing' },
		// TLS, always verified
		{ name: 'smtp_tls_security_level', value: 'secure', why: 'no password and no mail without an encrypted connection to a verified server' },
		{ name: 'smtp_tls_secure_cert_match', value: 'nexthop', why: 'the certificate must carry the name of the SMTP Server itself' },
		...( implicitTls ? [ { name: 'smtp_tls_wrappermode', value: 'yes', why: `port ${ settings.smtpPort } speaks TLS from the first byte` } ] : [] ),
		{
			name: 'smtp_tls_mandatory_protocols',
			value: isAtLeast( version, [ 3, 6 ] ) ? '>=TLSv1.2' : '!SSLv2, !SSLv3, !TLSv1, !TLSv1.1',
			why: 'older protocols are broken',
		},
		...( settings.caCertificate
			? [
					{ name: 'smtp_tls_CAfile', value: `${ folder }/ca.pem`, why: 'the CA Certificate of the form' },
					{ name: 'smtp_tls_CApath', value: '/etc/ssl/certs', why: 'and the well-known roots of the system' },
				]
			: [ { name: 'smtp_tls_CAfile', value: '/etc/ssl/certs/ca-certificates.crt', why: 'the well-known roots of the system' } ] ),
		{ name: 'smtp_tls_loglevel', value: '1', why: 'the log tells TLS version and certificate of each connection' },
		...since( [ 3, 10 ], { name: 'tls_required_enable', value: 'no', why: 'a message’s own TLS-Required header must not switch verification off' } ),
		{ name: 'smtp_tls_connection_reuse', value: 'yes', why: 'many messages through one verified connection (needs tlsproxy in master.cf)' },
		...deliveryLimits( settings.smtpServer, waysOf( settings, routes )( settings ) ),
		// the queue
		sizeLimit( settings.smtpServer ),
		...queueTimes,
		{ name: 'enable_long_queue_ids', value: 'yes', why: 'a queue id is never used twice, so the log can be followed by it' },
		// who may do what on this server
		maySubmit( input.rules, folder ),
		{ name: 'authorized_mailq_users', value: 'root', why: 'sites do not see who mails whom' },
		{ name: 'authorized_flush_users', value: 'root', why: 'sites cannot storm the provider with retries' },
		{ name: 'disable_vrfy_command', value: 'yes', why: 'no probing of addresses' },
		{ name: 'biff', value: 'no', why: 'no mailboxes, no notices of new mail' },
		{ name: 'maillog_file', value: mailLog, why: 'one log with and without systemd or rsyslog, in a folder only root can read' },
	];
}

/** The text of main.cf. `managedBy` is shown in its head. */
export function renderMainCf( input: MainCfInput, managedBy: string ): string {
	const head = [
		`# Email Gateway, managed by ${ managedBy.replace( /[^\x21-\x7e]/g, '' ) }`,
		'# Changes made by hand are found and replaced by the next Reinstall Email Gateway.',
	];
	const lines = mainCfParameters( input ).flatMap( ( { name, value, why } ) => [
		`# ${ why.replaceAll( '’', "'" ) }`,
		value === '' ? `${ name } =` : `${ name } = ${ value }`,
	] );
	return [ ...head, '', ...lines, '' ].join( '\n' );
}
