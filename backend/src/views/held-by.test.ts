import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { keepOneRoute } from '../../test-fixtures/one-route.ts';
import { connectServer, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { keepPause, endPause } from '../db/pauses.ts';
import { keepRoutes, noKeptRoutes, routesOn } from '../db/routes.ts';
import { endSandbox, keepSandbox } from '../db/sandbox.ts';
import { keepSites } from '../db/server-sites.ts';
import type { Server } from '../db/servers.ts';
import { holdersOn } from './held-by.ts';

const nowS = Math.floor( Date.now() / 1000 );
let backend: TestBackend;
let server: Server;

beforeAll( async () => {
	backend = await startBackend();
	const site = await backend.site();
	await connectServer( site, 5 );
	server = ( await backend.app.db.selectFrom( 'servers' ).selectAll().executeTakeFirstOrThrow() ) as Server;
}, 120_000 );
afterAll( () => backend.stop() );
beforeEach( async () => {
	const { app } = backend;
	await endPause( app.db, server, 1004 );
	await endSandbox( app, server );
	await keepRoutes( app, server, noKeptRoutes );
	await keepSites( app.db, server, { sites: [], sitesLeftOut: false, over: [], refusedDoors: [] } );
	await app.db.deleteFrom( 'unlistedSenders' ).execute();
} );

const holds = async ( uid: number | null, at = nowS - 60 ) =>
	( await holdersOn( backend.app, server, Date.now() ) )( { uid, at } );
const unlisted = ( uid: number, sender: string, lastAt = new Date() ) =>
	backend.app.db
		.insertInto( 'unlistedSenders' )
		.values( { server: server.id, uid, sender, held: 1, refused: 0, lastAt } )
		.execute();

test( 'where nothing is in force it was a person, or what was in force', async () => {
	expect( [ await holds( 1004 ), await holds( null ) ] ).toEqual( [ 'other', 'other' ] );
} );

test( 'a sender that its route does not list; once the route is removed that is over', async () => {
	await keepOneRoute( backend.app, server );
	await unlisted( 1004, 'news@elsewhere.test' );
	expect( await holds( 1004 ) ).toBe( 'sender' );
	// it came after the last one of that kind
	expect( await holds( 1004, nowS + 60 ) ).toBe( 'other' );
	expect( await holds( 1005 ) ).toBe( 'other' );
	await keepRoutes( backend.app, server, noKeptRoutes );
	expect( await holds( 1004 ) ).toBe( 'other' );
} );

test( 'a sender that was allowed since is none of these', async () => {
	await keepOneRoute( backend.app, server );
	await unlisted( 1004, 'shop@site-4.test' );
	expect( await holds( 1004 ) ).toBe( 'other' );
} );

test( 'users without a route, where their mail is held, or with a sender of a route', async () => {
	await keepOneRoute( backend.app, server );
	const routes = await routesOn( backend.app, server );
	await keepRoutes( backend.app, server, { ...routes, without: 'hold' } );
	expect( [ await holds( 1005 ), await holds( 1004 ) ] ).toEqual( [ 'no_route', 'other' ] );
	await unlisted( 1005, 'shop@site-4.test' );
	expect( await holds( 1005 ) ).toBe( 'sender' );
} );

test( 'a cap that is exceeded, or was when it came', async () => {
	const over = ( change: object ) => ( {
		...{ uid: 1004, why: 'hour' as const, since: nowS - 100, isOver: false, hour: 200, day: 200, refused: 0 },
		...{ held: 9, first: null, ...change },
	} );
	const keep = ( change: object ) =>
		keepSites( backend.app.db, server, {
			...{ sites: [], sitesLeftOut: false, over: [ over( change ) ], refusedDoors: [] },
		} );
	server = { ...server, lastLook: server.lastLook ?? ( { at: new Date().toISOString() } as Server[ 'lastLook' ] ) };
	await keep( {} );
	expect( [ await holds( 1004 ), await holds( 1004, nowS - 1000 ), await holds( 1005 ) ] ).toEqual( [
		...[ 'cap', 'other', 'other' ],
	] );
	await keep( { isOver: true } );
	expect( await holds( 1004, nowS - 1000 ) ).toBe( 'cap' );
} );

test( 'a pause comes before these, and the sandbox before all', async () => {
	const { app } = backend;
	await keepPause( app.db, server, { uid: 1004, user: 'site-4', how: 'hold', by: 'admin' } );
	expect( [ await holds( 1004 ), await holds( 1005 ) ] ).toEqual( [ 'pause', 'other' ] );
	await keepSandbox( app, server, { rules: { kind: 'hold' }, at: new Date().toISOString(), by: 'admin' } );
	expect( [ await holds( 1004 ), await holds( null ) ] ).toEqual( [ 'sandbox', 'sandbox' ] );
} );
