import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { connection, secret, startSupplied, type Supplied } from '../../test-fixtures/supplied-connection.ts';
import { connection as typed, settings } from '../../test-fixtures/test-backend.ts';

// how long the key that came along is kept, and where

let play: Supplied;
beforeAll( async () => {
	play = await startSupplied();
}, 120_000 );
afterAll( () => play.backend.stop() );
beforeEach( () => {
	play.fake = makeFakeTools();
} );

describe( 'a server whose connection another plugin keeps', () => {
	test( 'has its key sealed with the job while it runs, and nowhere after it has ended', async () => {
		await play.check( 2 );
		await play.trust( 2 );
		const reached = Promise.withResolvers< void >();
		const gate = Promise.withResolvers< void >();
		play.fake = makeFakeTools( {
			look: async () => {
				reached.resolve();
				await gate.promise;
				throw new Error( 'a fault' );
			},
		} );
		const { body } = await play.site.call( 'previewChanges', { serverId: 2, connection, body: { settings } } );
		await reached.promise;
		expect( ( await play.sealed() ).map( ( { rowId: id, field } ) => [ id, field ] ).sort() ).toEqual( [
			[ body.jobId, 'connection' ],
			[ body.jobId, 'password' ],
		] );
		gate.resolve();
		await play.site.untilEnded( 2, body.jobId );
		expect( await play.sealed() ).toEqual( [] );

		const folder = join( play.backend.folder, 'data', 'database' );
		const files = readdirSync( folder, { recursive: true, withFileTypes: true } ).filter( ( file ) =>
			file.isFile()
		);
		expect( files.length ).toBeGreaterThan( 100 );
		const holding = files.filter( ( { parentPath, name } ) =>
			readFileSync( join( parentPath, name ) ).includes( secret )
		);
		expect( holding ).toEqual( [] );
		expect( play.backend.logged() ).not.toContain( secret );
	}, 120_000 );

	test( 'a job that is cancelled while it waits leaves no key behind either', async () => {
		await play.check( 3 );
		await play.trust( 3 );
		const gate = Promise.withResolvers< void >();
		const { tools } = makeFakeTools();
		play.fake = makeFakeTools( { look: ( ...given ) => gate.promise.then( () => tools.look( ...given ) ) } );
		const mail = { from: 'a@example.com', to: 'b@example.com' };
		const first = await play.site.call( 'previewChanges', { serverId: 3, connection, body: { settings } } );
		const second = await play.site.call( 'checkSettings', { serverId: 3, connection, body: { settings } } );
		expect( ( await play.site.call( 'sendTestEmail', { serverId: 3, connection, body: mail } ) ).status ).toBe(
			409
		);
		await play.site.call( 'cancelJob', { serverId: 3, jobId: second.body.jobId } );
		expect( ( await play.sealed() ).filter( ( { rowId: id } ) => id === second.body.jobId ) ).toEqual( [] );
		gate.resolve();
		await play.site.untilEnded( 3, first.body.jobId );
		expect( await play.sealed() ).toEqual( [] );
	}, 120_000 );

	test( 'takes no connection that is typed, and drops one that was', async () => {
		const saved = await play.site.call( 'saveConnection', { serverId: 7, body: { connection: typed } } );
		await play.site.untilEnded( 7, saved.body.jobId );
		expect( await play.sealed() ).toHaveLength( 1 );
		expect(
			( await play.site.call( 'saveConnection', { serverId: 7, connection, body: { connection: typed } } ) ).body
		).toMatchObject( {
			code: 'connection_supplied',
		} );
		await play.check( 7 );
		expect( await play.sealed() ).toEqual( [] );
		expect( await play.rowOf( 7 ) ).toMatchObject( { signIn: 'supplied' } );
		// the other plugin is gone, and with it the key
		expect( ( await play.site.call( 'checkConnection', { serverId: 7 } ) ).body ).toMatchObject( {
			code: 'connection_missing',
		} );
		expect( ( await play.site.call( 'installGateway', { serverId: 7, body: { settings } } ) ).body ).toMatchObject(
			{
				code: 'connection_missing',
			}
		);
	}, 120_000 );
} );
