import type { Duplex } from 'node:stream';
import type { ClientChannel } from 'ssh2';

/** Gives a channel what net.Socket has and TLS and SMTP clients call: setTimeout, setKeepAlive, setNoDelay, ref, unref. */
export function asSocket( channel: ClientChannel ): Duplex {
	let idle: NodeJS.Timeout | undefined;
	let idleMs = 0;
	const restart = () => {
		clearTimeout( idle );
		idle = idleMs > 0 ? setTimeout( () => channel.emit( 'timeout' ), idleMs ) : undefined;
		idle?.unref();
	};
	const shims = {
		setTimeout( ms: number, onTimeout?: () => void ) {
			idleMs = ms;
			restart();
			if ( onTimeout ) {
				channel.once( 'timeout', onTimeout );
			}
			return channel;
		},
		setKeepAlive: () => channel,
		setNoDelay: () => channel,
		ref: () => channel,
		unref: () => channel,
	};
	// bytes from the server show that it lives; watched below the stream so that nothing starts to flow by it
	const push = channel.push.bind( channel );
	channel.push = ( chunk: unknown, encoding?: BufferEncoding ) => {
		restart();
		return push( chunk, encoding );
	};
	channel.on( 'close', () => {
		idleMs = 0;
		restart();
	} );
	return Object.assign( channel, shims ) as unknown as Duplex;
}
