import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { implicitTlsPorts, type PortSpeech } from '@email-gateway/shared';
import { boundStream } from './bounded-stream.ts';

const timeoutMs = 5_000;

/**
 * What an open port speaks, whatever its number says: TLS from the first byte, or SMTP in clear with or without
 * STARTTLS. Null: nothing that is SMTP, or it is busy. Judges nothing, and no credential is ever sent here.
 *
 * @param open connects anew: a port that was spoken to in the wrong way does not listen to the other
 */
export async function speaksAt(
	open: () => Promise< Duplex >,
	{ host, port, signal }: { host: string; port: number; signal: AbortSignal }
): Promise< PortSpeech | null > {
	const ways = [ () => inClear( open, signal ), () => implicit( open, { host, signal } ) ];
	for ( const look of implicitTlsPorts.includes( port ) ? ways.reverse() : ways ) {
		const speech = await look();
		if ( speech ) {
			return speech;
		}
		signal.throwIfAborted();
	}
	return null;
}

async function inClear( open: () => Promise< Duplex >, signal: AbortSignal ): Promise< PortSpeech | null > {
	return converse( await open(), signal, async ( stream, limit ) => {
		if ( ! /^220[ -]/.test( await replyOf( stream, limit ) ) ) {
			return null;
		}
		stream.write( 'EHLO email-gateway.invalid\r\n' );
		const offers = await replyOf( stream, limit );
		return /^250[ -]STARTTLS\r?$/im.test( offers ) ? 'starttls' : 'plain';
	} );
}

async function implicit(
	open: () => Promise< Duplex >,
	{ host, signal }: { host: string; signal: AbortSignal }
): Promise< PortSpeech | null > {
	return converse( await open(), signal, async ( socket, limit ) => {
		const secure = connectTls( { socket, servername: host, rejectUnauthorized: false } );
		secure.on( 'error', () => {} );
		await once( secure, 'secureConnect', { signal: limit } );
		return /^[245]\d\d[ -]/.test( await replyOf( secure, limit ) ) ? 'implicit' : null;
	} );
}

/** Whatever goes wrong here only means that the port does not speak so. */
async function converse(
	stream: Duplex,
	signal: AbortSignal,
	act: ( stream: Duplex, limit: AbortSignal ) => Promise< PortSpeech | null >
): Promise< PortSpeech | null > {
	const limit = AbortSignal.any( [ signal, AbortSignal.timeout( timeoutMs ) ] );
	stream.on( 'error', () => {} );
	boundStream( stream, { maxBytes: 65_536, signal: limit } );
	try {
		return await act( stream, limit );
	} catch {
		return null;
	} finally {
		stream.destroy();
	}
}

/** One whole reply: lines up to the one without a hyphen after its code. Ends with the stream. */
async function replyOf( stream: Duplex, signal: AbortSignal ): Promise< string > {
	let text = '';
	while ( ! /^\d{3}( .*)?\r?\n/m.test( text ) ) {
		const [ bytes ] = ( await Promise.race( [
			once( stream, 'data', { signal } ),
			once( stream, 'close', { signal } ).then( () => [ null ] ),
		] ) ) as [ Buffer | null ];
		if ( bytes === null ) {
			return text;
		}
		text += bytes.toString( 'latin1' );
	}
	return text;
}
