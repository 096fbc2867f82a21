// What ssh2 does at greater cost than needed. Nothing depends on it: without these all works alike, only slower.
import { createSecretKey } from 'node:crypto';
import type { Socket } from 'node:net';

/** ssh2 writes a packet in three pieces. What is written in one turn of the event loop leaves as one. */
export function writeTogether( socket: Socket ): Socket {
	const write = socket.write.bind( socket ) as typeof socket.write;
	const send = () => socket.uncork();
	socket.write = ( ( ...given: Parameters< typeof socket.write > ) => {
		if ( socket.writableCorked === 0 ) {
			socket.cork();
			process.nextTick( send );
		}
		return write( ...given );
	} ) as typeof socket.write;
	return socket;
}

/** The ciphers of a connection of ssh2, private there. They are made anew with each exchange of keys. */
export interface WithCiphers {
	_protocol: Record< '_cipher' | '_decipher', Record< string, unknown > >;
}

/**
 * ssh2 makes a cipher (AES-GCM) or an HMAC for every packet and hands Node the key as bytes. Node then finds out by an
 * exception that it is no key object, which takes longer than to encrypt the packet. Call it after each exchange of keys.
 */
export function useKeyObjects( connection: unknown ): void {
	const { _cipher: cipher, _decipher: decipher } = ( connection as WithCiphers )._protocol;
	for ( const one of [ cipher, decipher ] ) {
		for ( const field of [ '_encKey', '_decipherKey', '_macKey' ] ) {
			const key = one[ field ];
			if ( key instanceof Uint8Array ) {
				one[ field ] = createSecretKey( key );
			}
		}
	}
}
