import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { Db } from '../db/tables.ts';
import { acceptedBy, answerLost, causesOfWaiting, lastAcceptedBy, sentAs } from './by-provider.ts';

const server = randomUUID();
const nowMs = Date.now();
const ago = ( minutes: number ) => new Date( nowMs - minutes * 60_000 );
const [ host, other ] = [ 'smtp.one.test', 'smtp.one.test.evil.test' ];
const [ routed, free ] = [ 1001, 1002 ];

let backend: TestBackend;
let db: Db;
beforeAll( async () => {
	backend = await startBackend( { withWorker: false } );
	db = backend.app.db;
	const { id: log } = await db
		.insertInto( 'mailLogs' )
		.values( logOf( server ) )
		.returning( 'id' )
		.executeTakeFirstOrThrow();
	const routes = new Map< string, number >();
	for ( const name of [ host, other ] ) {
		const row = { relay: `${ name }[192.0.2.1]:587`, tls: 'TLSv1.3' };
		const { id } = await db.insertInto( 'mailRoutes' ).values( row ).returning( 'id' ).executeTakeFirstOrThrow();
		routes.set( name, id );
	}
	const mail = ( queueId: string, change: object ) => ( {
		...{ log, n: 0, tries: 1, at: ago( 60 ), uid: free, bytes: 1, delayMs: 0, route: routes.get( host ) ?? null },
		...{ origin: 'sendmail' as const, outcome: 'accepted' as const, queueId, cause: null, dsn: null, sender: null },
		...{ fromDomain: 'shop.test', recipient: null, reply: null },
		...change,
	} );
	const waiting = { outcome: 'waiting' as const };
	await db
		.insertInto( 'mails' )
		.values( [
			mail( 'before', { at: ago( 90 ) } ),
			mail( 'waited', { at: ago( 90 ), delayMs: 50 * 60_000 } ),
			mail( 'since', { at: ago( 20 ), fromDomain: 'blog.test' } ),
			mail( 'of a route', { at: ago( 5 ), uid: routed } ),
			mail( 'elsewhere', { at: ago( 1 ), route: routes.get( other ) ?? null } ),
			mail( 'later', { ...waiting, at: ago( 2 ), cause: 'lost_after_data' } ),
			mail( 'lost', { ...waiting, at: ago( 30 ), cause: 'lost_after_data', n: 0 } ),
			mail( 'lost', { ...waiting, at: ago( 30 ), cause: 'lost_after_data', n: 1 } ),
			mail( 'of a dead route', { ...waiting, uid: routed, cause: 'wrong_credentials' } ),
			mail( 'of nobody known', { ...waiting, uid: null, cause: 'account_suspended' } ),
		] )
		.execute();
}, 60_000 );
afterAll( () => backend.stop() );

const logOf = ( id: string ) => ( {
	...{ server: id, head: 'x', position: 1, knownSince: ago( 200 ), toldUntil: ago( 0 ), withheldUntil: null },
	...{ tls: '{}' as never, readAt: ago( 0 ), rewriteAfter: null },
} );

test( 'what a provider took since a time, by when it took it, whoever else has a name like it', async () => {
	expect( await acceptedBy( db, { server, host }, ago( 45 ) ) ).toBe( 3 );
	expect( await acceptedBy( db, { server, host }, ago( 100 ) ) ).toBe( 4 );
	expect( await acceptedBy( db, { server: randomUUID(), host }, ago( 45 ) ) ).toBeNull();
} );

test( 'when it last took something, but for mail with a way of its own', async () => {
	expect( await lastAcceptedBy( db, { server, host, routed: [] } ) ).toEqual( ago( 5 ) );
	expect( await lastAcceptedBy( db, { server, host, routed: [ routed ] } ) ).toEqual( ago( 20 ) );
	expect( await lastAcceptedBy( db, { server, host: 'smtp.two.test', routed: [] } ) ).toBeNull();
} );

test( 'why mail waits, but for mail with a way of its own, and mail of nobody known', async () => {
	expect( [ ...( await causesOfWaiting( db, server, [ routed ] ) ) ] ).toEqual( [ 'lost_after_data' ] );
} );

test( 'whose last answer was lost, each once, and as whom it sends', async () => {
	expect( await answerLost( db, server ) ).toEqual( [ 'lost', 'later' ] );
	expect( await sentAs( db, server, { most: 1, routed: [] } ) ).toEqual( [ 'shop.test' ] );
	expect( await sentAs( db, server, { most: 5, routed: [ free ] } ) ).toEqual( [ 'shop.test' ] );
} );
