// What ssh2 does at greater cost than needed. Nothing depends on it: without these all works alike, only slower.
import { createSecretKey, randomFillSync } from 'node:crypto';
import type { Socket } from 'node:net';

/** ssh2 writes a packet in three pieces. What is written in one turn of the event loop leaves as one. */
export function writeTogether( socket: Socket ): Socket {
	const write = socket.write.bind( socket ) as typeof socket.write;
	const send = () => socket.uncork();
	socket.write = ( ( ...given: Parameters< typeof socket.write > ) => {
		if ( socket.writableCorked === 0 ) {
			socket.cork();
			setImmediate( send );
		}
		return write( ...given );
	} ) as typeof socket.write;
	return socket;
}

/** The ciphers of a connection of ssh2, private there. They are made anew with each exchange of keys. */
export interface WithCiphers {
	_protocol: Record< '_cipher' | '_decipher', Record< string, unknown > >;
}

/** Spares what ssh2 does for every packet of a connection. Call it after each exchange of keys. */
export function lighten( connection: unknown ): void {
	const { _cipher: cipher, _decipher: decipher } = ( connection as WithCiphers )._protocol;
	useKeyObjects( cipher );
	useKeyObjects( decipher );
	if ( /gcm$/.test( String( cipher._encSSLName ) ) && cipher.allocPacket ) {
		cipher.allocPacket = packetOf;
	}
}

/**
 * ssh2 makes a cipher (AES-GCM) or an HMAC for every packet and hands Node the key as bytes. Node then finds out by an
 * exception that it is no key object, which takes longer than to encrypt the packet.
 */
function useKeyObjects( cipher: Record< string, unknown > ): void {
	for ( const field of [ '_encKey', '_decipherKey', '_macKey' ] ) {
		const key = cipher[ field ];
		if ( key instanceof Uint8Array ) {
			cipher[ field ] = createSecretKey( key );
		}
	}
}

const block = 16;
/** Random bytes for many packets; each is used once. */
const drawn = Buffer.alloc( 4_096 );
let used = drawn.length;

/**
 * A packet for AES-GCM with room for its payload behind five bytes (RFC 4253, 6; RFC 5647, 7.2): what is encrypted is a
 * multiple of the block, padded by at least four random bytes. ssh2 draws those from OpenSSL anew for each packet.
 */
function packetOf( payloadLength: number ): Buffer {
	const least = 1 + payloadLength + 4;
	const length = Math.ceil( least / block ) * block;
	const padding = length - 1 - payloadLength;
	if ( used + padding > drawn.length ) {
		randomFillSync( drawn );
		used = 0;
	}
	const packet = Buffer.allocUnsafe( 4 + length );
	packet.writeUInt32BE( length, 0 );
	packet[ 4 ] = padding;
	drawn.copy( packet, 5 + payloadLength, used, ( used += padding ) );
	return packet;
}
