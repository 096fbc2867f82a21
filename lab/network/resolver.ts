import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const answerTtlSeconds = 60;
const typeA = 1;

/**
 * A resolver for the servers, so that a mistyped host name is told apart from a resolver that is down:
 * it knows the given names and says of every other that it does not exist.
 *
 * @param  address where to listen, UDP only; a port below 1024 needs root
 * @param  hosts   names and their IPv4 addresses
 * @return closes it
 */
export async function startResolver(
	{ address, port }: { address: string; port: number },
	hosts: Record< string, string >
): Promise< { port: number; close: () => void } > {
	const socket = createSocket( 'udp4' );
	socket.on( 'message', ( query, { address: client, port: clientPort } ) => {
		const answer = answerQuery( query, hosts );
		if ( answer ) {
			socket.send( answer, clientPort, client );
		}
	} );
	socket.bind( port, address );
	await once( socket, 'listening' );
	return { port: socket.address().port, close: () => socket.close() };
}

/**
 * Answers one DNS query (RFC 1035, one question).
 *
 * @return the whole response, or undefined for what is no such query
 */
export function answerQuery( query: Buffer, hosts: Record< string, string > ): Buffer | undefined {
	const question = readQuestion( query );
	if ( ! question ) {
		return undefined;
	}
	const address = Object.hasOwn( hosts, question.name ) ? hosts[ question.name ] : undefined;
	const hasAnswer = address !== undefined && question.type === typeA;
	const header = Buffer.alloc( 12 );
	query.copy( header, 0, 0, 2 );
	// A response, authoritative, recursion as asked for and available; code 3 is "no such name".
	const recursionDesired = query.readUInt16BE( 2 ) & 0x0100;
	header.writeUInt16BE( 0x8480 | recursionDesired | ( address === undefined ? 3 : 0 ), 2 );
	header.writeUInt16BE( 1, 4 );
	header.writeUInt16BE( hasAnswer ? 1 : 0, 6 );
	const parts = [ header, query.subarray( 12, question.end ) ];
	if ( hasAnswer ) {
		const record = Buffer.alloc( 16 );
		// The name is where the question has it, at offset 12.
		record.writeUInt16BE( 0xc00c, 0 );
		record.writeUInt16BE( typeA, 2 );
		record.writeUInt16BE( 1, 4 );
		record.writeUInt32BE( answerTtlSeconds, 6 );
		record.writeUInt16BE( 4, 10 );
		record.set( address.split( '.' ).map( Number ), 12 );
		parts.push( record );
	}
	return Buffer.concat( parts );
}

function readQuestion( query: Buffer ): { name: string; type: number; end: number } | undefined {
	const isQuery = query.length > 16 && ( query.readUInt16BE( 2 ) & 0x8000 ) === 0;
	if ( ! isQuery || query.readUInt16BE( 4 ) !== 1 ) {
		return undefined;
	}
	const labels: string[] = [];
	let offset = 12;
	for ( let length = query[ offset ] ?? 0; length > 0; length = query[ offset ] ?? 0 ) {
		if ( length > 63 || offset + length + 5 >= query.length ) {
			return undefined;
		}
		labels.push( query.toString( 'latin1', offset + 1, offset + 1 + length ) );
		offset += length + 1;
	}
	if ( offset + 5 > query.length ) {
		return undefined;
	}
	return { name: labels.join( '.' ).toLowerCase(), type: query.readUInt16BE( offset + 1 ), end: offset + 5 };
}
