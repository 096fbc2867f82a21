import type { Cause, ErrorCode } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import { nameInGreeting } from '../gateway/providers.ts';
import { readReply } from '../gateway/reading/read-reply.ts';
import { cut, excerpt } from '../ssh/text.ts';

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
	/** What the server calls itself; null where it gave no name. */
	banner?: string | null;
	message: string;
}

interface Row {
	cause: Cause;
	original?: RegExp;
	failure?: RegExp;
	command?: RegExp;
}

/** What happened without a word of the provider. The first row that fits counts; every condition must hold. */
const rows: readonly Row[] = [
	{ cause: 'certificate_expired', original: /^CERT_HAS_EXPIRED$/ },
	{ cause: 'certificate_not_yet_valid', original: /^CERT_NOT_YET_VALID$/ },
	{ cause: 'certificate_self_signed', original: /^DEPTH_ZERO_SELF_SIGNED_CERT$/ },
	{ cause: 'certificate_wrong_name', original: /^ERR_TLS_CERT_ALTNAME_INVALID$/ },
	{
		cause: 'certificate_untrusted',
		original: /^(UNABLE_TO_|SELF_SIGNED_CERT_IN_CHAIN|CERT_|INVALID_CA|HOSTNAME_MISMATCH)/,
	},
	{ cause: 'tls_handshake_failed', original: /^(ERR_SSL_|ERR_TLS_|EPROTO$)/ },
	{ cause: 'tls_handshake_failed', failure: /^ETLS$/ },
	{ cause: 'greeting_timed_out', failure: /^ETIMEDOUT$/ },
	{ cause: 'dropped_at_greeting', failure: /^(ECONNECTION|ESOCKET)$/, command: /^(CONN|EHLO)$/ },
	{ cause: 'dropped_midway', failure: /^(ECONNECTION|ESOCKET)$/ },
];

const fits = ( pattern: RegExp | undefined, text: string | undefined ) =>
	pattern === undefined || pattern.test( text ?? '' );

/** The stage as the diagnosis of a log names it. */
const stageOf = ( command: string | undefined ): string | null =>
	command === 'CONN' ? 'greeting' : command?.startsWith( 'AUTH' ) ? 'AUTH' : command ?? null;

/**
 * Maps a failed conversation with the provider. What it said is read by the engine that reads the mail log, too; what
 * nobody knows is `unknown`, with the raw words.
 */
export function preflightError( failure: SmtpFailure, where: { host: string; port: number } ): GatewayError {
	const stage = stageOf( failure.command );
	const isSaid = failure.response !== undefined && ! failure.originalCode;
	const silent = rows.find(
		( row ) =>
			fits( row.original, failure.originalCode ) &&
			fits( row.failure, failure.code ) &&
			fits( row.command, failure.command )
	);
	const cause = isSaid
		? readReply( {
				host: where.host,
				banner: bannerOf( failure ),
				stage,
				reply: cut( failure.response ?? '', 4_096 ),
		  } ).cause
		: silent?.cause ?? 'unknown';
	return new GatewayError( codeOf( cause, { stage, reply: failure.response ?? '' } ), {
		...where,
		cause,
		reply: excerpt( failure.response ?? plainReason( failure.message ) ),
		stage: failure.command === 'CONN' ? null : failure.command ?? null,
	} );
}

/** A server that refuses at once may say its name in that. */
const bannerOf = ( { command, response = '', banner }: SmtpFailure ): string | null =>
	banner ?? ( command === 'CONN' ? nameInGreeting( response ) : null );

function codeOf( cause: Cause, { stage, reply }: { stage: string | null; reply: string } ): ErrorCode {
	if ( cause.startsWith( 'certificate_' ) ) {
		return 'provider_certificate_refused';
	}
	if ( cause === 'tls_handshake_failed' || cause === 'starttls_not_offered' ) {
		return 'provider_tls_failed';
	}
	const isRefused = cause === 'oauth_only' || ( stage === 'AUTH' && reply.startsWith( '5' ) );
	return isRefused ? 'provider_login_refused' : 'provider_unavailable';
}

/** Node adds advice for programmers after a semicolon; OpenSSL wraps its reason in places of its source. */
function plainReason( message: string ): string {
	return /:error:[0-9A-F]+:[^:]*:[^:]*:([^:]+):/.exec( message )?.[ 1 ] ?? message.split( ';' )[ 0 ] ?? '';
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
