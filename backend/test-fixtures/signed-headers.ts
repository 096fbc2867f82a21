import { createHash, randomBytes, sign, type KeyObject } from 'node:crypto';
import { actorHeader, connectionHeader, signatureTag } from '@email-gateway/shared';

/** As the actor and a supplied connection are sent. */
export const headerOf = ( value: unknown ) => Buffer.from( JSON.stringify( value ) ).toString( 'base64url' );

/** The headers of a request that a site signs by hand, whatever it is. */
export function signedHeaders(
	{
		method,
		url,
		actor,
		body,
		connection,
		keyId,
		privateKey,
	}: Record< 'method' | 'url' | 'actor' | 'body' | 'keyId', string > & {
		connection?: string | undefined;
		privateKey: KeyObject;
	},
	{
		created = Math.floor( Date.now() / 1000 ),
		nonce = randomBytes( 18 ).toString( 'base64url' ),
	}: { created?: number; nonce?: string } = {}
): Record< string, string > {
	const digest = `sha-256=:${ createHash( 'sha256' ).update( body ).digest( 'base64' ) }:`;
	const more = connection ? ` "${ connectionHeader }"` : '';
	const input = `("@method" "@target-uri" "content-digest" "${ actorHeader }"${ more });created=${ created };nonce="${ nonce }";keyid="${ keyId }";alg="ed25519";tag="${ signatureTag }"`;
	const base = [
		`"@method": ${ method }`,
		`"@target-uri": ${ url }`,
		`"content-digest": ${ digest }`,
		`"${ actorHeader }": ${ actor }`,
		...( connection ? [ `"${ connectionHeader }": ${ connection }` ] : [] ),
		`"@signature-params": ${ input }`,
	].join( '\n' );
	return {
		'content-type': 'application/json',
		'content-digest': digest,
		[ actorHeader ]: actor,
		...( connection ? { [ connectionHeader ]: connection } : {} ),
		'signature-input': `sig1=${ input }`,
		signature: `sig1=:${ sign( null, Buffer.from( base ), privateKey ).toString( 'base64' ) }:`,
	};
}
