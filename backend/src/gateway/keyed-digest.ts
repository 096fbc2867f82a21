import { createHash } from 'crypto';
import type { Secret } from '../vault/secret.ts';

/** Digest of a file as `look` reports it: keyed, so that a credential cannot be guessed from it. */
export function keyedDigest( key: Secret, content: string | Secret ): string {
	const text = typeof content === 'string' ? content : content.reveal();
	return createHash( 'sha256' ).update( key.reveal() ).update( text ).digest( 'hex' );
}
