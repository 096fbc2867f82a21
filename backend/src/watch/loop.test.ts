import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { addWebhook } from '../../test-fixtures/alert-channel.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { ClaimedWatch } from '../db/watches.ts';
import { startLoop, type Loop } from './loop.ts';

let backend: TestBackend;
let site: SiteClient;
let loop: Loop | undefined;

beforeEach( async () => {
	backend = await startBackend();
	site = await backend.site();
	await connectServer( site, 91 );
	// what a successful install leaves
	await sql`update servers set installed_version = 1`.execute( backend.app.db );
} );
afterEach( async () => {
	await loop?.stop();
	await backend.stop();
} );

const until = async ( holds: () => boolean ) => {
	const giveUpAt = Date.now() + 55_000;
	while ( ! holds() ) {
		if ( Date.now() > giveUpAt ) {
			throw new Error( 'it did not happen' );
		}
		await new Promise( ( done ) => setTimeout( done, 50 ) );
	}
};

/** So many more servers of the same site. */
const multiply = ( count: number ) =>
	sql`
		insert into servers select (jsonb_populate_record(s, jsonb_build_object(
			'id', gen_random_uuid(), 'server_id', 100 + n
		))).* from servers s, generate_series(1, ${ sql.lit( count ) }) n
	`.execute( backend.app.db );

describe( 'the loop', () => {
	test( 'looks at a server that has a gateway, once while the look lasts, and lets go when it is stopped', async () => {
		const looks: ClaimedWatch[] = [];
		let isLetGo = false;
		loop = startLoop( backend.app, ( watch, signal ) => {
			looks.push( watch );
			return new Promise< void >( ( done ) =>
				signal.addEventListener( 'abort', () => {
					isLetGo = true;
					done();
				} )
			);
		} );
		await until( () => looks.length > 0 );
		await new Promise( ( done ) => setTimeout( done, 2500 ) );
		expect( [ looks.length, isLetGo ] ).toEqual( [ 1, false ] );

		await loop.stop();
		expect( isLetGo ).toBe( true );
	} );

	test( 'looks at more servers than it has places for, each of them once', async () => {
		const { db } = backend.app;
		await multiply( 60 );
		const looks: string[] = [];
		const startTimer = setTimeout;
		let pauses = 0;
		const timers = jest.spyOn( globalThis, 'setTimeout' ).mockImplementation( ( ( call: () => void, ms?: number ) =>
			startTimer( () => {
				pauses += ms === 2000 ? 1 : 0;
				call();
			}, ms ) ) as typeof setTimeout );
		loop = startLoop( backend.app, async ( { server } ) => {
			looks.push( server );
			await sql`update watches set due_at = now() + interval '1 day' where server = ${ server }`.execute( db );
		} );
		await until( () => looks.length >= 61 );
		timers.mockRestore();
		expect( new Set( looks ).size ).toBe( looks.length );
		// a place that is free is given to the next one at once
		expect( pauses ).toBe( 0 );
	} );

	test( 'goes on after a look that failed', async () => {
		let looks = 0;
		loop = startLoop( backend.app, async () => {
			looks++;
			await sql`update watches set claimed_until = null`.execute( backend.app.db );
			throw new Error( 'a fault of ours' );
		} );
		await until( () => looks > 1 );
		expect( backend.logged() ).toContain( 'a look failed' );
	} );

	test( 'looks at the servers of one site while more of another one than there are places never answer', async () => {
		const { db } = backend.app;
		await multiply( 60 );
		const quick = await backend.site( { siteUrl: 'https://quick.example.com' } );
		await connectServer( quick, 7 );
		await sql`update servers set installed_version = 1`.execute( db );
		const { id } = await db
			.selectFrom( 'servers' )
			.select( 'id' )
			.where( 'serverId', '=', 7 )
			.executeTakeFirstOrThrow();
		await sql`insert into watches (server, due_at) select id, now() - interval '1 hour' from servers where id <> ${ id }`.execute(
			db
		);
		let isLookedAt = false;
		loop = startLoop( backend.app, async ( { server }, signal ) => {
			if ( server !== id ) {
				return new Promise< void >( ( done ) => signal.addEventListener( 'abort', () => done() ) );
			}
			isLookedAt = true;
			await sql`update watches set due_at = now() + interval '1 day' where server = ${ server }`.execute( db );
		} );
		await until( () => isLookedAt );
		expect( isLookedAt ).toBe( true );
	} );

	test( 'goes on looking while a receiver of alerts says nothing', async () => {
		const sockets: Socket[] = [];
		let isGivenUp = false;
		const silent = createServer( ( socket ) => {
			sockets.push( socket.on( 'close', () => ( isGivenUp = true ) ).resume() );
		} );
		await new Promise< void >( ( done ) => silent.listen( 0, '127.0.0.1', done ) );
		const { port } = silent.address() as AddressInfo;
		const { db } = backend.app;
		await site.call( 'sendTestAlert', { body: { id: await addWebhook( site ) } } );
		let looks = 0;
		const receiver = { address: '127.0.0.1', port, ca: '' };
		loop = startLoop(
			backend.app,
			async ( { server } ) => {
				looks++;
				await sql`update watches set due_at = now(), claimed_until = null where server = ${ server }`.execute(
					db
				);
			},
			{ receiver }
		);
		await until( () => sockets.length > 0 );
		const before = looks;
		await until( () => looks > before );
		expect( isGivenUp ).toBe( false );
		const stopping = loop.stop();
		sockets.forEach( ( socket ) => socket.destroy() );
		await stopping;
		silent.close();
	} );
} );
