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
