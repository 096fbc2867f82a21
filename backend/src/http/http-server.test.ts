import { afterEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { makeHttpServer } from './http-server.ts';

let server: Server;
const sockets: Socket[] = [];
afterEach( () => {
	sockets.splice( 0 ).forEach( ( socket ) => socket.destroy() );
	server.closeAllConnections();
	server.close();
} );

async function open(): Promise< Socket > {
	const socket = connect( ( server.address() as AddressInfo ).port, '127.0.0.1' ).on( 'error', () => {} );
	sockets.push( socket );
	await once( socket, 'connect' );
	return socket;
}
const start = async ( options: Parameters< typeof makeHttpServer >[ 1 ] ) => {
	server = makeHttpServer(
		( request, response ) => void request.resume().on( 'end', () => response.end( 'ok' ) ),
		options
	);
	await once( server.listen( 0, '127.0.0.1' ), 'listening' );
};

/**
 * All that comes until the other side ends. A byte that crosses the answer resets the connection, and what was not read
 * of the answer goes with it: then it is tried again.
 */
async function untilEnded( head: string ): Promise< string > {
	for ( let attempt = 1; attempt <= 10; attempt++ ) {
		const socket = await open();
		const closed = new Promise( ( resolve ) => socket.once( 'close', resolve ) );
		let said = '';
		socket.on( 'data', ( bytes ) => ( said += bytes.toString() ) );
		socket.write( head );
		// one byte now and then, as a client that occupies a place does
		const drip = setInterval( () => socket.write( 'x' ), 100 );
		await closed;
		clearInterval( drip );
		if ( said !== '' ) {
			return said;
		}
	}
	return 'ended ten times without a word';
}

test( 'headers that never end are cut off, and soon after their time', async () => {
	await start( { headersTimeout: 300, requestTimeout: 60_000, connectionsCheckingInterval: 50 } );
	expect( await untilEnded( 'GET / HTTP/1.1\r\nHost: x\r\nX: ' ) ).toContain( '408 Request Timeout' );
} );

test( 'so is a body that never ends', async () => {
	await start( { headersTimeout: 300, requestTimeout: 500, connectionsCheckingInterval: 50 } );
	const head = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n';
	expect( await untilEnded( head ) ).toContain( '408 Request Timeout' );
} );

test( 'of too many connections the newest ends, and those that are there are served', async () => {
	await start( { most: 2 } );
	const first = await open();
	await open();
	const third = await open();
	await once( third.resume(), 'close' );
	first.write( 'GET / HTTP/1.1\r\nHost: x\r\n\r\n' );
	expect( String( await once( first, 'data' ) ) ).toContain( '200 OK' );
} );

test( 'a connection is looked at each second by what production uses', async () => {
	await start( {} );
	const { headersTimeout, requestTimeout, maxConnections } = server;
	expect( { headersTimeout, requestTimeout, maxConnections } ).toEqual( {
		headersTimeout: 10_000,
		requestTimeout: 30_000,
		maxConnections: 2_000,
	} );
	expect( Reflect.get( server, 'connectionsCheckingInterval' ) ?? intervalOf( server ) ).toBe( 1_000 );
} );
const intervalOf = ( of: Server ) =>
	Object.getOwnPropertySymbols( of )
		.filter( ( symbol ) => /connectionsCheckingInterval/i.test( String( symbol ) ) )
		.map( ( symbol ) => Reflect.get( of, symbol ) )[ 0 ];
