import { once } from 'node:events';
import { Agent, createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { endpoints } from '@email-gateway/shared';
import express, { type RequestHandler } from 'express';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { makeLogger } from '../logger.ts';
import type { Tools } from '../jobs/tools.ts';
import { perActor, perSite } from './limits.ts';
import { onError } from './on-error.ts';

const agent = new Agent( { keepAlive: true, maxSockets: 20 } );
afterAll( () => agent.destroy() );

/** How often each status came back for some requests, a few at a time. */
async function statuses( url: string, times: number, headers: Record< string, string > = {} ) {
	const counted: Record< number, number > = {};
	const one = () =>
		new Promise< void >( ( resolve, reject ) => {
			httpRequest( url, { agent, headers, method: headers.method ?? 'GET' }, ( response ) => {
				counted[ response.statusCode ?? 0 ] = ( counted[ response.statusCode ?? 0 ] ?? 0 ) + 1;
				response.resume().on( 'end', resolve );
			} )
				.on( 'error', reject )
				.end();
		} );
	for ( let sent = 0; sent < times; sent += 20 ) {
		await Promise.all( Array.from( { length: Math.min( 20, times - sent ) }, one ) );
	}
	return counted;
}

describe( 'whoever was recognised', () => {
	/** A door that takes the caller from headers, so that only the limits are at work. */
	const behind = async ( limit: RequestHandler ) => {
		const app = express();
		app.use( ( request, response, next ) => {
			response.locals.caller = { site: { id: request.get( 'site' ) }, actor: { userId: request.get( 'user' ) } };
			next();
		} );
		app.get( '/', limit, ( _request, response ) => void response.sendStatus( 204 ) );
		app.use( onError( { log: makeLogger( { level: 'silent' } ) } ) );
		const server = createServer( app ).listen( 0, '127.0.0.1' );
		await once( server, 'listening' );
		return { url: `http://127.0.0.1:${ ( server.address() as AddressInfo ).port }/`, server };
	};

	test( 'one person has 600 requests a minute, and takes none of another’s', async () => {
		const { url, server } = await behind( perActor() );
		expect( await statuses( url, 640, { site: 'a', user: '1' } ) ).toEqual( { 204: 600, 429: 40 } );
		expect( await statuses( url, 20, { site: 'a', user: '2' } ) ).toEqual( { 204: 20 } );
		expect( await statuses( url, 20, { site: 'b', user: '1' } ) ).toEqual( { 204: 20 } );
		server.close();
	} );

	test( 'one site has 6000 for all the people that it names, and takes none of another’s', async () => {
		const { url, server } = await behind( perSite() );
		for ( let user = 0; user < 10; user++ ) {
			expect( await statuses( url, 600, { site: 'a', user: String( user ) } ) ).toEqual( { 204: 600 } );
		}
		expect( await statuses( url, 20, { site: 'a', user: 'new' } ) ).toEqual( { 429: 20 } );
		expect( await statuses( url, 20, { site: 'b', user: '1' } ) ).toEqual( { 204: 20 } );
		server.close();
	} );
} );

describe( 'a backend', () => {
	let backend: TestBackend;
	let site: SiteClient;
	beforeAll( async () => {
		backend = await startBackend();
		site = await backend.site();
	} );
	afterAll( () => backend.stop() );

	test( 'describes itself 600 times a minute to one address, and still says that it lives', async () => {
		// the three doors share the count
		expect( await statuses( `${ backend.audience }/openapi.json`, 300 ) ).toEqual( { 200: 300 } );
		expect( await statuses( `${ backend.audience }/ready`, 300 ) ).toEqual( { 200: 300 } );
		expect( await statuses( `${ backend.audience }/docs`, 20 ) ).toEqual( { 429: 20 } );
		expect( await statuses( `${ backend.audience }/health`, 600 ) ).toEqual( { 200: 600 } );
		expect( await statuses( `${ backend.audience }/health`, 20 ) ).toEqual( { 429: 20 } );
	} );

	test( 'hears 20 attempts at a pairing code a minute, and the paired sites all the same', async () => {
		const tried = await statuses( `${ backend.audience }/v1${ endpoints.pairSite.path }`, 40, { method: 'POST' } );
		expect( tried[ 429 ] ).toBeGreaterThanOrEqual( 20 );
		expect( Object.keys( tried ).sort() ).toEqual( [ '422', '429' ] );
		expect( ( await site.call( 'readSite', {} ) ).status ).toBe( 200 );
	} );
} );

test.each( [
	[ 'a proxy elsewhere that is trusted', '192.0.2.0/24', ', 192.0.2.7', {} ],
	[ 'one that is not', '198.18.0.0/15', ', 192.0.2.7', { 429: 1 } ],
	[ 'one that is, of what a client made up', '192.0.2.7', ', 198.51.100.1, 192.0.2.7', { 429: 1 } ],
] )( 'limits count the client that is named by %s', async ( _name, trusted, rest, refused ) => {
	const backend = await startBackend( { withWorker: false, env: { EMAIL_GATEWAY_TRUSTED_PROXIES: trusted } } );
	const counted: Record< string, number > = {};
	for ( let index = 0; index < 21; index++ ) {
		const headers = { 'x-forwarded-for': `203.0.113.${ index }${ rest }`, 'content-type': 'application/json' };
		const { status } = await fetch( `${ backend.audience }/v1/pair`, { method: 'POST', headers, body: '{}' } );
		counted[ status ] = ( counted[ status ] ?? 0 ) + 1;
	}
	await backend.stop();
	expect( counted ).toEqual( { 422: 429 in refused ? 20 : 21, ...refused } );
} );

test( 'twenty jobs may wait for one server; the next is refused, changes nothing, and another server has its own', async () => {
	// the first of them never ends by itself
	const preflight: Tools[ 'preflight' ] = ( _remote, { signal } ) =>
		new Promise( ( _resolve, reject ) => signal.addEventListener( 'abort', () => reject( signal.reason ) ) );
	const backend = await startBackend( { tools: makeFakeTools( { preflight } ).tools } );
	try {
		const site = await backend.site();
		await connectServer( site, 1 );
		await connectServer( site, 2 );
		const ask = ( serverId: number, note: string ) =>
			site.call( 'installGateway', { serverId, body: { settings: { ...settings, note } } } );
		for ( let index = 0; index < 20; index++ ) {
			expect( ( await ask( 1, `${ index }` ) ).status ).toBe( 202 );
		}
		expect( await ask( 1, 'one more' ) ).toMatchObject( { status: 429, body: { code: 'too_many_requests' } } );
		expect( ( await site.call( 'readServer', { serverId: 1 } ) ).body.gateway ).toMatchObject( {
			submitted: { settings: { note: '19' } },
		} );
		// the same click is the same job, however many wait
		expect( ( await ask( 1, '19' ) ).status ).toBe( 202 );
		expect( ( await ask( 2, 'mine' ) ).status ).toBe( 202 );
	} finally {
		await backend.stop();
	}
} );
