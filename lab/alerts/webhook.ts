import { createHmac, timingSafeEqual } from 'node:crypto';

/** One request as it came. */
export interface Posted {
	method: string;
	/** Names in small letters. */
	headers: Record< string, string >;
	body: Buffer;
}

const mostBytes = 64 * 1024;
const mostSecondsApart = 300;

export interface Refusal {
	status: number;
	reason: string;
}

/**
 * What a receiver of Standard Webhooks refuses, written from its specification: whatever is not signed JSON of now. Null
 * where nothing is wrong.
 *
 * @param signingSecret `whsec_…`; null: only the form of a signature is checked
 */
export function refusalOf(
	{ method, headers, body }: Posted,
	{ signingSecret, nowMs }: { signingSecret: string | null; nowMs: number }
): Refusal | null {
	if ( method !== 'POST' ) {
		return { status: 405, reason: `${ method } is not POST` };
	}
	if ( ! /^application\/json( *; *charset=utf-8)?$/i.test( headers[ 'content-type' ] ?? '' ) ) {
		return { status: 415, reason: `the content type is ${ headers[ 'content-type' ] ?? 'missing' }` };
	}
	if ( body.length > mostBytes ) {
		return { status: 413, reason: `${ body.length } bytes are too many` };
	}
	const problem = signatureProblem( headers, body, { signingSecret, nowMs } );
	if ( problem !== null ) {
		return { status: 401, reason: problem };
	}
	return isObject( body ) ? null : { status: 400, reason: 'the body is no JSON object in UTF-8' };
}

function signatureProblem(
	headers: Posted[ 'headers' ],
	body: Buffer,
	{ signingSecret, nowMs }: { signingSecret: string | null; nowMs: number }
): string | null {
	const { 'webhook-id': id = '', 'webhook-timestamp': seconds = '', 'webhook-signature': signatures = '' } = headers;
	if ( ! /^[\x21-\x2d\x2f-\x7e]{1,200}$/.test( id ) ) {
		return 'webhook-id is missing, or holds what would end it in a signed text';
	}
	if ( ! /^\d{1,12}$/.test( seconds ) || Math.abs( Number( seconds ) - nowMs / 1000 ) > mostSecondsApart ) {
		return `webhook-timestamp is ${ seconds === '' ? 'missing' : 'not of now' }`;
	}
	const given = signatures.split( ' ' ).filter( ( one ) => /^v1,[A-Za-z0-9+/]{43}=$/.test( one ) );
	if ( given.length === 0 ) {
		return 'webhook-signature has no signature of version 1';
	}
	if ( signingSecret === null ) {
		return null;
	}
	const key = Buffer.from( signingSecret.replace( /^whsec_/, '' ), 'base64' );
	const right = createHmac( 'sha256', key )
		.update( Buffer.concat( [ Buffer.from( `${ id }.${ seconds }.` ), body ] ) )
		.digest();
	const isRight = given.some( ( one ) => timingSafeEqual( Buffer.from( one.slice( 3 ), 'base64' ), right ) );
	return isRight ? null : 'no signature is right';
}

function isObject( body: Buffer ): boolean {
	try {
		const value: unknown = JSON.parse( new TextDecoder( 'utf-8', { fatal: true } ).decode( body ) );
		return typeof value === 'object' && value !== null && ! Array.isArray( value );
	} catch {
		return false;
	}
}
