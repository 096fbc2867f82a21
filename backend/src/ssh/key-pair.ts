import ssh2 from 'ssh2';
import { Secret } from '../vault/secret.ts';

export interface ManagedKey {
	/** OpenSSH PEM, without a passphrase: it is kept sealed in the vault. */
	privateKey: Secret;
	/** One line for authorized_keys: `ssh-ed25519 AAAA… comment`. */
	publicKey: string;
}

/** Makes the Ed25519 key pair with which the backend signs in to one server. `comment` is one word or more of a line. */
export function makeManagedKey( comment: string ): ManagedKey {
	if ( ! /^[\x20-\x7e]{1,100}$/.test( comment ) ) {
		throw new TypeError( 'The comment of a key is at most 100 printable ASCII characters.' );
	}
	// ssh2 drops a leading zero byte of the public part: one key in 256 could be read by nobody
	for ( let attempt = 0; attempt < 20; attempt++ ) {
		const pair = ssh2.utils.generateKeyPairSync( 'ed25519', { comment } );
		if ( isWhole( pair ) ) {
			return { privateKey: new Secret( pair.private ), publicKey: pair.public };
		}
	}
	throw new Error( 'No usable key pair was made.' );
}

/** Whether both parts can be read, and what the one signs the other verifies. */
function isWhole( pair: { private: string; public: string } ): boolean {
	const [ privateKey, publicKey ] = [ pair.private, pair.public ].map( ( text ) => ssh2.utils.parseKey( text ) );
	if ( ! privateKey || ! publicKey || ! ( 'sign' in privateKey ) || ! ( 'verify' in publicKey ) ) {
		return false;
	}
	const probe = Buffer.from( 'probe' );
	const signature: unknown = privateKey.sign( probe );
	return Buffer.isBuffer( signature ) && publicKey.verify( probe, signature ) === true;
}
