import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { GatewayError } from '../errors.ts';

/** SubjectPublicKeyInfo around a raw Ed25519 key, RFC 8410. */
const spkiPrefix = Buffer.from( '302a300506032b6570032100', 'hex' );

export function publicKeyOf( base64: string ): KeyObject {
	return createPublicKey( {
		key: Buffer.concat( [ spkiPrefix, Buffer.from( base64, 'base64' ) ] ),
		format: 'der',
		type: 'spki',
	} );
}

/** Errors: signature_invalid, where the text was not signed with the private half of that key (raw Ed25519, base64). */
export function refuseUnsigned(
	text: string,
	{ publicKey, signature, key }: { publicKey: string; signature: string; key: 'new_key' | 'former_key' }
): void {
	if ( ! verify( null, Buffer.from( text ), publicKeyOf( publicKey ), Buffer.from( signature, 'base64' ) ) ) {
		throw new GatewayError( 'signature_invalid', { reason: key } );
	}
}
