import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { bareFacts, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import {
	connection,
	connectServer,
	settings,
	startBackend,
	type TestBackend,
} from '../../test-fixtures/test-backend.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import type { Tools } from './tools.ts';

let backend: TestBackend;
let site: SiteClient;
/** What servers do in the test that runs now. */
let servers: Tools = makeFakeTools().tools;
const proxy = new Proxy( {} as Tools, { get: ( _target, name ) => servers[ name as keyof Tools ] } );
beforeAll( async () => {
	backend = await startBackend( { tools: proxy } );
	site = await backend.site();
}, 120_000 );
afterAll( () => backend.stop() );

const start = ( overrides: Partial< Tools > = {} ) => {
	servers = makeFakeTools( overrides ).tools;
};
/** A promise and what fulfils it. */
const gate = () => Promise.withResolvers< void >();

describe( 'many clicks', () => {
	test( 'the same click is the same job; other settings wait behind it and say so', async () => {
		const held = gate();
		start( { preflight: () => held.promise.then( () => ( { tlsVersion: 'TLSv1.3', certificateName: null } ) ) } );
		await connectServer( site, 71 );
		const ask = ( note: string, password = 'mail-secret' ) =>
			site.call( 'installGateway', {
				serverId: 71,
				body: { settings: { ...settings, note, password: { use: 'typed', value: password } } },
			} );
		const clicks = await Promise.all( [ ask( 'a' ), ask( 'a' ), ask( 'a' ) ] );
		expect( new Set( clicks.map( ( { body } ) => body.jobId ) ).size ).toBe( 1 );
		const others = [ await ask( 'b' ), await ask( 'b', 'another-secret' ) ];
		expect( new Set( [ ...clicks, ...others ].map( ( { body } ) => body.jobId ) ).size ).toBe( 3 );
		const waiting = await site.call( 'readJob', { serverId: 71, jobId: others[ 0 ]!.body.jobId } );
		expect( waiting.body ).toMatchObject( {
			job: { state: 'queued' },
			events: [ { seq: 1, type: 'queued', behind: 'install_gateway' } ],
		} );
		held.resolve();
		const last = await site.untilEnded( 71, others[ 1 ]!.body.jobId );
		const first = await site.untilEnded( 71, clicks[ 0 ]!.body.jobId );
		expect( Date.parse( last.job.startedAt! ) ).toBeGreaterThanOrEqual( Date.parse( first.job.finishedAt! ) );
	}, 120_000 );

	test( 'two posts that lead to one server (one host key) wait for each other', async () => {
		let running = 0;
		let most = 0;
		start( {
			look: async () => {
				most = Math.max( most, ++running );
				await delay( 150 );
				running--;
				return bareFacts;
			},
		} );
		await connectServer( site, 81 );
		await connectServer( site, 82 );
		const asked = await Promise.all(
			[ 81, 82, 81, 82 ].map( ( serverId, index ) =>
				site.call( 'previewChanges', { serverId, body: { settings: { ...settings, note: String( index ) } } } )
			)
		);
		for ( const [ index, { body } ] of asked.entries() ) {
			expect( ( await site.untilEnded( [ 81, 82, 81, 82 ][ index ]!, body.jobId ) ).job.state ).toBe(
				'succeeded'
			);
		}
		expect( most ).toBe( 1 );
	}, 120_000 );

	test( 'servers of one site that let its jobs wait do not stop those of another', async () => {
		const held = gate();
		const silent = '203.0.113.66';
		const { tools } = makeFakeTools();
		start( {
			connect: async ( target, options ) => {
				await ( target.host === silent ? held.promise : undefined );
				return tools.connect( target, options );
			},
		} );
		const body = { connection: { ...connection, host: silent } };
		const posts = Array.from( { length: 2 * backend.app.config.jobsAtOnce }, ( _, index ) => 1000 + index );
		const waiting = await Promise.all(
			posts.map( ( serverId ) => site.call( 'saveConnection', { serverId, body } ) )
		);
		const other = await backend.site( { siteUrl: 'https://other.example.com' } );

		await connectServer( other, 1 ).finally( held.resolve );

		expect( ( await other.call( 'readServer', { serverId: 1 } ) ).body.connection?.hostKey ).toMatchObject( {
			state: 'trusted',
		} );
		for ( const [ index, serverId ] of posts.entries() ) {
			const { job } = await site.untilEnded( serverId, waiting[ index ]!.body.jobId );
			expect( job.error?.code ).toBe( 'host_key_unknown' );
		}
	}, 120_000 );

	test( 'after ten test mails an hour the next is refused', async () => {
		start();
		await connectServer( site, 91 );
		await backend.app.db
			.updateTable( 'servers' )
			.set( { installedVersion: 1 } )
			.where( 'serverId', '=', 91 )
			.execute();
		for ( let mail = 0; mail < 10; mail++ ) {
			expect(
				(
					await site.call( 'sendTestEmail', {
						serverId: 91,
						body: { from: 'a@example.com', to: `b${ mail }@example.com` },
					} )
				).status
			).toBe( 202 );
		}
		expect(
			await site.call( 'sendTestEmail', { serverId: 91, body: { from: 'a@example.com', to: 'b@example.com' } } )
		).toMatchObject( { status: 429, body: { code: 'test_mails_exhausted' } } );
	}, 120_000 );
} );
