import { GatewayError } from '../errors.ts';
import { type SignedRequest, readHeaders, type VerifyOptions } from './signed-request.ts';

const longestOf = { signature: 256, 'signature-input': 1024 };

const manyBlanks = /[ \t]{9}/;

const claimedKeys = /;[ \t]*keyid="([^"\\]*)"/g;

/**
 * Refuses headers that would keep the library busy, before anybody was recognised: it takes the square of a run of
 * blanks, and reads a whole header again for each signed part of it. What a site signs is short and has no such runs.
 */
export function refuseCostly( headers: SignedRequest[ 'headers' ] ): void {
	const isLong = Object.entries( longestOf ).some( ( [ name, most ] ) => String( headers[ name ] ).length > most );
	if ( isLong || readHeaders.some( ( name ) => manyBlanks.test( String( headers[ name ] ) ) ) ) {
		throw new GatewayError( 'signature_invalid', { reason: 'form' } );
	}
}

/**
 * Refuses whoever names one key that nobody paired, before anything else is read: in a flood of forged requests that is
 * what costs least. It only ever refuses: whatever it lets through is read as a whole after.
 */
export async function refuseUnknown(
	signatureInput: string,
	findKey: VerifyOptions< never >[ 'findKey' ]
): Promise< void > {
	const [ claimed, ...others ] = [ ...signatureInput.matchAll( claimedKeys ) ];
	if ( claimed !== undefined && others.length === 0 && ! ( await findKey( claimed[ 1 ] ?? '' ) ) ) {
		throw new GatewayError( 'site_unknown' );
	}
}
