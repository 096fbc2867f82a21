import { createHash, timingSafeEqual } from 'node:crypto';

/** The order in which a server is asked for its key: the same server always shows the same one. */
export const hostKeyAlgorithms = [
	'ssh-ed25519',
	'ecdsa-sha2-nistp256',
	'ecdsa-sha2-nistp384',
	'ecdsa-sha2-nistp521',
	'rsa-sha2-512',
	'rsa-sha2-256',
] as const;

export interface HostKey {
	/** `SHA256:…`, base64 without padding, as `ssh-keygen -lf` prints it. */
	fingerprint: string;
	/** Type of the key as in its blob, e.g. `ssh-ed25519`. */
	algorithm: string;
}

/** Reads a host key in its wire form (RFC 4253, 6.6). */
export function describeHostKey( blob: Buffer ): HostKey {
	const length = blob.length >= 4 ? blob.readUInt32BE( 0 ) : 0;
	return {
		fingerprint: `SHA256:${ createHash( 'sha256' ).update( blob ).digest( 'base64' ).replace( /=+$/, '' ) }`,
		algorithm: blob
			.subarray( 4, 4 + Math.min( length, 64 ) )
			.toString( 'latin1' )
			.replace( /[^\x21-\x7e]/g, '' ),
	};
}

/** Compares two fingerprints without telling by time where they differ. */
export function sameFingerprint( one: string, other: string ): boolean {
	const [ a, b ] = [ Buffer.from( one ), Buffer.from( other ) ];
	return a.length === b.length && timingSafeEqual( a, b );
}
