import type { Cause, ErrorCode } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import { replyRuleFor } from '../gateway/reply-rules.ts';
import { excerpt } from '../ssh/text.ts';

/** What nodemailer, Node's TLS and OpenSSL tell of a connection that failed. */
export interface SmtpFailure {
	/** nodemailer's class of the failure, e.g. `ETLS`. */
	code?: string;
	/** The code that Node or OpenSSL gave before, e.g. `CERT_HAS_EXPIRED`. */
	originalCode?: string;
	/** The SMTP command, e.g. `STARTTLS`, `AUTH PLAIN`; `CONN` before the first. */
	command?: string;
	/** The provider's reply, with its code. */
	response?: string;
	message: string;
}

interface Row {
	cause: Cause;
	code: ErrorCode;
	original?: RegExp;
	failure?: RegExp;
	command?: RegExp;
	response?: RegExp;
}

/** The first row that fits counts; every condition that a row has must hold. */
const rows: readonly Row[] = [
	{ cause: 'certificate_expired', code: 'provider_certificate_refused', original: /^CERT_HAS_EXPIRED$/ },
	{ cause: 'certificate_not_yet_valid', code: 'provider_certificate_refused', original: /^CERT_NOT_YET_VALID$/ },
	{
		cause: 'certificate_self_signed',
		code: 'provider_certificate_refused',
		original: /^DEPTH_ZERO_SELF_SIGNED_CERT$/,
	},
	{
		cause: 'certificate_wrong_name',
		code: 'provider_certificate_refused',
		original: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
	},
	{
		cause: 'certificate_untrusted',
		code: 'provider_certificate_refused',
		original: /^(UNABLE_TO_|SELF_SIGNED_CERT_IN_CHAIN|CERT_|INVALID_CA|HOSTNAME_MISMATCH)/,
	},
	{ cause: 'tls_handshake_failed', code: 'provider_tls_failed', original: /^(ERR_SSL_|ERR_TLS_|EPROTO$)/ },
	{ cause: 'starttls_not_offered', code: 'provider_tls_failed', command: /^STARTTLS$/, response: /^5/ },
	{ cause: 'tls_handshake_failed', code: 'provider_tls_failed', failure: /^ETLS$/ },

	{ cause: 'too_many_connections', code: 'provider_unavailable', response: /^421/ },
	{ cause: 'oauth_only', code: 'provider_login_refused', response: /^5\d\d[ -]5\.7\.(139|30)\b/ },
	{ cause: 'unknown', code: 'provider_login_refused', command: /^AUTH/, response: /^525/ },
	{ cause: 'temporary_login_failure', code: 'provider_unavailable', command: /^AUTH/, response: /^4/ },
	{ cause: 'wrong_credentials', code: 'provider_login_refused', command: /^AUTH/, response: /^5/ },

	{ cause: 'too_many_connections', code: 'provider_unavailable', command: /^CONN$/, response: /^4/ },
	{ cause: 'dropped_at_greeting', code: 'provider_unavailable', command: /^(CONN|EHLO)$/, response: /^5/ },
	{ cause: 'greeting_timed_out', code: 'provider_unavailable', failure: /^ETIMEDOUT$/ },
	{
		cause: 'dropped_at_greeting',
		code: 'provider_unavailable',
		failure: /^(ECONNECTION|ESOCKET)$/,
		command: /^(CONN|EHLO)$/,
	},
];

const fits = ( pattern: RegExp | undefined, text: string | undefined ) =>
	pattern === undefined || pattern.test( text ?? '' );

/** Maps a failed conversation with the provider; what no row knows is provider_unavailable with the raw words. */
export function preflightError( failure: SmtpFailure, where: { host: string; port: number } ): GatewayError {
	const row = rows.find(
		( r ) =>
			fits( r.original, failure.originalCode ) &&
			fits( r.failure, failure.code ) &&
			fits( r.command, failure.command ) &&
			fits( r.response, failure.response )
	);
	const stage = failure.command === 'CONN' ? null : failure.command ?? null;
	const rule = failure.response
		? replyRuleFor( { host: where.host, stage, reply: excerpt( failure.response ) } )
		: undefined;
	return new GatewayError( row?.code ?? 'provider_unavailable', {
		...where,
		cause: rule?.cause ?? row?.cause ?? 'unknown',
		// Node adds advice for programmers after a semicolon
		reply: excerpt( failure.response ?? failure.message.split( ';' )[ 0 ] ?? '' ),
		stage,
	} );
}

/** The provider offers no mechanism that Postfix could use. */
export function mechanismError( offered: readonly string[], where: { host: string; port: number } ): GatewayError {
	const cause: Cause = offered.some( ( name ) => /^(XOAUTH2|OAUTHBEARER)$/i.test( name ) )
		? 'oauth_only'
		: 'no_mechanism_in_common';
	return new GatewayError( 'provider_login_refused', {
		...where,
		cause,
		reply: excerpt( `AUTH ${ offered.join( ' ' ) }` ),
		stage: 'EHLO',
	} );
}
