import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { AUTHORITATIVE_ANSWER, decode, encode, RECURSION_AVAILABLE, RECURSION_DESIRED } from 'dns-packet';
import { answersIn } from './answers.ts';
import type { Zones } from './zones.ts';

export type ListenForDns = { address: string; port: number };

/**
 * A resolver for the servers and the backend, so that a mistyped host name is told apart from a resolver that is down:
 * it knows the given zones and says of every other name that it does not exist.
 *
 * @param places where to listen, UDP only; a port below 1024 needs root, 0 lets the system choose
 * @return the ports it listens on, in the order of `places`, and what closes them
 */
export async function startResolver(
	places: readonly ListenForDns[],
	zones: Zones
): Promise< { ports: number[]; close: () => void } > {
	const sockets = await Promise.all(
		places.map( async ( { address, port } ) => {
			const socket = createSocket( 'udp4' );
			socket.on( 'message', ( query, { address: client, port: clientPort } ) => {
				const response = answerQuery( query, zones );
				if ( response ) {
					socket.send( response, clientPort, client );
				}
			} );
			socket.bind( port, address );
			await once( socket, 'listening' );
			return socket;
		} )
	);
	return {
		ports: sockets.map( ( socket ) => socket.address().port ),
		close: () => sockets.forEach( ( socket ) => socket.close() ),
	};
}

/** @return the whole response, or undefined for what is no query of one question */
function answerQuery( query: Buffer, zones: Zones ): Buffer | undefined {
	try {
		const { id, type, flags = 0, questions = [] } = decode( query );
		const [ question, ...more ] = questions;
		if ( type !== 'query' || ! question || more.length > 0 ) {
			return undefined;
		}
		const { code, answers } = answersIn( zones, question );
		const told = AUTHORITATIVE_ANSWER | RECURSION_AVAILABLE | ( flags & RECURSION_DESIRED ) | code;
		return encode( { type: 'response', id, flags: told, questions, answers } );
	} catch {
		return undefined;
	}
}
