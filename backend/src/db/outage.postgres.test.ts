// A PostgreSQL that goes away and comes back, behind a door that the test shuts.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { makeTestDatabase } from '../../test-fixtures/test-database.ts';
import { connection, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { startLoop, type Loop } from '../watch/loop.ts';

jest.setTimeout( 120_000 );

let database: Awaited< ReturnType< typeof makeTestDatabase > >;
let folder = '';
let door: Server;
const open = new Set< Socket >();
let isShut = true;
beforeAll( async () => {
	database = await makeTestDatabase();
	folder = mkdtempSync( join( tmpdir(), 'email-gateway-outage-' ) );
	const behind = new URL( database.url );
	door = createServer( ( socket ) => {
		socket.on( 'error', () => {} );
		if ( isShut ) {
			socket.resetAndDestroy();
			return;
		}
		const inside = connect( Number( behind.port ), behind.hostname );
		for ( const [ one, other ] of [
			[ socket, inside ],
			[ inside, socket ],
		] as const ) {
			open.add( one );
			one.on( 'error', () => {} ).on( 'close', () => open.delete( one ) && other.destroy() );
		}
		socket.pipe( inside ).pipe( socket );
	} );
	await once( door.listen( 0, '127.0.0.1' ), 'listening' );
} );
afterAll( async () => {
	door.close();
	await database.drop();
	rmSync( folder, { recursive: true, force: true } );
} );

const shut = () => {
	isShut = true;
	open.forEach( ( socket ) => socket.resetAndDestroy() );
};
const seconds = ( count: number ) => new Promise( ( resolve ) => setTimeout( resolve, count * 1000 ) );
const environment = () => ( {
	DATABASE_URL: Object.assign( new URL( database.url ), { port: ( door.address() as AddressInfo ).port } ).href,
	EMAIL_GATEWAY_DATA_DIR: join( folder, 'not/yet' ),
	EMAIL_GATEWAY_MASTER_KEY: randomBytes( 32 ).toString( 'base64' ),
} );

let backend: TestBackend;
let site: SiteClient;
let loop: Loop;
const lines = () =>
	backend
		.logged()
		.trim()
		.split( '\n' )
		.map( ( line ) => JSON.parse( line ) as { level: number; msg: string } );
const troubles = () => lines().flatMap( ( { level, msg } ) => ( level >= 40 ? [ msg ] : [] ) );
const ready = async () => ( await fetch( `${ backend.audience }/ready` ) ).status;
const check = async () => {
	const asked = await site.call( 'saveConnection', { serverId: 1, body: { connection } } );
	return ( await site.untilEnded( 1, asked.body.jobId ) ).job.state;
};

test( 'a start without PostgreSQL waits for it, and makes its data folder though the database is elsewhere', async () => {
	const starting = startBackend( { env: environment(), folder } );
	const early = await Promise.race( [ starting, seconds( 4 ) ] );
	expect( early ).toBeUndefined();
	isShut = false;
	backend = await starting;
	expect( troubles() ).toEqual( [ 'the database cannot be used yet; waiting for it' ] );
	expect( lines().map( ( { msg } ) => msg ) ).toContain( 'the database is back' );
	expect( existsSync( join( folder, 'not/yet' ) ) ).toBe( true );
	loop = startLoop( backend.app, async () => {} );
	site = await backend.site();
	expect( await check() ).toBe( 'failed' );
} );

test( 'one that goes away is told once, and a job runs within seconds after it is back', async () => {
	const from = troubles().length;
	shut();
	await seconds( 12 );
	expect( await ready() ).toBe( 503 );
	isShut = false;
	await seconds( 3 );
	expect( await ready() ).toBe( 200 );
	expect( await check() ).toBe( 'failed' );
	await seconds( 5 );
	expect( troubles().slice( from ) ).toEqual( [ 'the database is away; waiting for it' ] );
	expect( lines().filter( ( { msg } ) => msg === 'the database is back' ) ).toHaveLength( 2 );
	await loop.stop();
	await backend.stop();
} );
