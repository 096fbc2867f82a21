import {
	createCipheriv,
	createDecipheriv,
	createPublicKey,
	createSecretKey,
	diffieHellman,
	generateKeyPairSync,
	randomBytes,
	sign,
	verify,
} from 'node:crypto';

/** Packets of one look after the key exchange; most hold a few words, one the program. */
const packets = { out: 12, in: 12, bytes: 64, programBytes: 8_192 };

/**
 * What Node's cryptography takes for connections with ssh2, each with one look, and nothing else: no socket, no parser.
 *
 * @return seconds of processor time for all of them
 */
export function cryptographyAlone( looks: number ): number {
	const spki = { type: 'spki', format: 'der' } as const;
	const hostKey = generateKeyPairSync( 'ed25519' );
	const hostPem = hostKey.publicKey.export( { type: 'spki', format: 'pem' } );
	const userPem = generateKeyPairSync( 'ed25519' ).privateKey.export( { type: 'pkcs8', format: 'pem' } );
	const peer = generateKeyPairSync( 'x25519' ).publicKey.export( spki );
	const hash = randomBytes( 32 );
	const signature = sign( null, hash, hostKey.privateKey );
	const key = createSecretKey( randomBytes( 16 ) );
	const iv = randomBytes( 12 );
	const program = Buffer.alloc( packets.programBytes );
	const packet = Buffer.alloc( packets.bytes );

	const encrypt = ( bytes: Buffer ) => {
		const cipher = createCipheriv( 'aes-128-gcm', key, iv );
		cipher.setAAD( bytes.subarray( 0, 4 ) );
		const encrypted = cipher.update( bytes.subarray( 4 ) );
		cipher.final();
		return { head: bytes.subarray( 0, 4 ), encrypted, tag: cipher.getAuthTag() };
	};
	const received = encrypt( Buffer.alloc( packets.bytes ) );
	const before = process.cpuUsage();
	for ( let look = 0; look < looks; look++ ) {
		const own = generateKeyPairSync( 'x25519' );
		own.publicKey.export( spki );
		const publicKey = createPublicKey( { key: peer, ...spki } );
		diffieHellman( { privateKey: own.privateKey, publicKey } );
		verify( null, hash, hostPem, signature );
		sign( null, hash, userPem );
		encrypt( program );
		for ( let sent = 1; sent < packets.out; sent++ ) {
			encrypt( packet );
		}
		for ( let taken = 0; taken < packets.in; taken++ ) {
			const decipher = createDecipheriv( 'aes-128-gcm', key, iv );
			decipher.setAAD( received.head );
			decipher.setAuthTag( received.tag );
			decipher.update( received.encrypted );
		}
	}
	const { user, system } = process.cpuUsage( before );
	return ( user + system ) / 1e6;
}
