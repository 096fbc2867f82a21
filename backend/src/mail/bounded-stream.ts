import type { Duplex } from 'node:stream';

/**
 * Destroys a stream that brings more than `maxBytes` or lives longer than the signal, with that as its error.
 * Counts below the stream: a listener would make it flow before its reader listens, and the first bytes would be lost.
 */
export function boundStream( stream: Duplex, { maxBytes, signal }: { maxBytes: number; signal: AbortSignal } ): void {
	let left = maxBytes - stream.readableLength;
	const end = ( reason: unknown ) => {
		stream.emit( 'error', reason );
		stream.destroy();
	};
	const onAbort = () => end( signal.reason );
	const push = stream.push.bind( stream );
	stream.push = ( chunk: unknown, encoding?: BufferEncoding ) => {
		left -= chunk instanceof Uint8Array ? chunk.length : 0;
		if ( left < 0 ) {
			end( new Error( `More than ${ maxBytes } bytes were received.` ) );
			return false;
		}
		return push( chunk, encoding );
	};
	signal.addEventListener( 'abort', onAbort, { once: true } );
	stream.on( 'close', () => signal.removeEventListener( 'abort', onAbort ) );
}
