import { z } from 'zod';

/**
 * Why a field was refused. The message of a zod issue is one of these codes; the plugin holds the sentences.
 * Every limit here has its reason in docs/decisions/ (what Postfix does with such a value).
 */
export const fieldProblems = [
	'required',
	'invalid',
	'too_long',
	'control_characters',
	'leading_blank',
	'trailing_blank',
	'colon_in_user_name',
	'not_a_host_name',
	'not_a_domain',
	'not_a_port',
	'not_an_address',
	'not_in_sending_domain',
	'not_a_sender',
	'not_a_certificate',
	'not_a_private_key',
	'is_a_public_key',
	'not_a_user_name',
	'not_a_webhook',
	'not_reachable',
	'not_of_this_service',
	'not_a_cap',
	'not_a_percentage',
	'day_below_hour',
	'not_kept_days',
	'short_search',
	'unknown_field',
] as const;
export type FieldProblem = ( typeof fieldProblems )[ number ];

const problem = ( error: FieldProblem ) => ( { error } );
const hasControls = ( text: string ) => /\p{Cc}/u.test( text ) || ! text.isWellFormed();
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const hostPattern = new RegExp( `^(?=.{1,253}$)${ label }(?:\\.${ label })*$` );
const domainPattern = new RegExp( `^(?=.{1,253}$)(?:${ label }\\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])$` );

/** One line of text that a person typed or a site says of itself: no controls, and whole characters only. */
export const oneLine = ( maxLength: number ) =>
	z
		.string( problem( 'required' ) )
		.max( maxLength, problem( 'too_long' ) )
		.refine( ( text ) => ! hasControls( text ), problem( 'control_characters' ) );

/** Address of a WordPress or a backend. A URL parser skips line breaks and takes any scheme, so both are looked at. */
export const siteUrl = z
	.url( { protocol: /^https?$/, error: 'invalid' } )
	.max( 2048, problem( 'too_long' ) )
	.refine( ( text ) => ! hasControls( text ), problem( 'control_characters' ) );

/** A host name or IPv4 address; nothing that main.cf, a map or a shell could read as more than a name. */
export const hostName = z
	.string( problem( 'required' ) )
	.trim()
	.min( 1, problem( 'required' ) )
	.regex( hostPattern, problem( 'not_a_host_name' ) )
	.toLowerCase();

/** A domain with at least two labels. Other scripts are written in their `xn--` form. */
export const domainName = z
	.string( problem( 'required' ) )
	.trim()
	.min( 1, problem( 'required' ) )
	.regex( domainPattern, problem( 'not_a_domain' ) )
	.toLowerCase();

export const port = z
	.int( problem( 'not_a_port' ) )
	.min( 1, problem( 'not_a_port' ) )
	.max( 65535, problem( 'not_a_port' ) );

/** One mail address without quotes, angle brackets or comments, so that it reads the same in a log line and a map. */
export const mailAddress = z
	.string( problem( 'required' ) )
	.trim()
	.min( 1, problem( 'required' ) )
	.max( 254, problem( 'too_long' ) )
	.regex(
		new RegExp( `^[A-Za-z0-9.!#$%&'*+/=?^_\`{|}~-]{1,64}@(?:${ label }\\.)+${ label }$` ),
		problem( 'not_an_address' )
	);

/** The SASL user name. A colon would split it from the password too early; a leading blank would be lost. */
export const smtpUserName = oneLine( 255 )
	.min( 1, problem( 'required' ) )
	.refine( ( text ) => ! text.includes( ':' ), problem( 'colon_in_user_name' ) )
	.refine( ( text ) => ! /^\s/u.test( text ), problem( 'leading_blank' ) )
	.refine( ( text ) => ! /\s$/u.test( text ), problem( 'trailing_blank' ) );

/** Any printable password, byte for byte. Postfix strips a trailing blank silently, so it is refused here. */
export const smtpPassword = oneLine( 255 )
	.min( 1, problem( 'required' ) )
	.refine( ( text ) => ! /\s$/u.test( text ), problem( 'trailing_blank' ) );

export const note = oneLine( 500 );

/** PEM text of one or more CA certificates. */
export const caCertificate = z
	.string()
	.trim()
	.max( 65536, problem( 'too_long' ) )
	.regex(
		/^(?:-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+$/,
		problem( 'not_a_certificate' )
	);

export const sshUserName = oneLine( 64 ).regex( /^[A-Za-z_][A-Za-z0-9._-]*\$?$/, problem( 'not_a_user_name' ) );
export const sshPassword = oneLine( 1024 ).min( 1, problem( 'required' ) );
const publicKeyPattern =
	/^\s*(?:-----BEGIN (?:(?:RSA )?PUBLIC KEY|CERTIFICATE)-----|---- BEGIN SSH2 PUBLIC KEY ----|(?:ssh|ecdsa|sk)-[a-z0-9@.-]+ AAAA)/;
const privateKeyPattern =
	/^\s*(?:-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+-----END [A-Z ]*PRIVATE KEY-----|PuTTY-User-Key-File-[23]: [\s\S]+\nPrivate-MAC: [0-9a-f]+)\s*$/;

/** The public half of a key, in any form in which programs write it. */
export const isPublicKey = ( text: string ): boolean => publicKeyPattern.test( text );

/** A whole file as ssh-keygen, OpenSSL or PuTTY write it. */
export const privateKey = z
	.string( problem( 'required' ) )
	.max( 32768, problem( 'too_long' ) )
	.refine( ( text ) => ! isPublicKey( text ), { error: 'is_a_public_key', abort: true } )
	.regex( privateKeyPattern, problem( 'not_a_private_key' ) );
