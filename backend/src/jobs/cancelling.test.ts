import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { bareFacts, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { GatewayError } from '../errors.ts';
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
const typesOf = ( events: { type: string; step?: string }[] ) =>
	events.map( ( { type, step } ) => ( step ? `${ type } ${ step }` : type ) );
/** A promise and what fulfils it. */
const gate = () => Promise.withResolvers< void >();

describe( 'cancelling', () => {
	test( 'a waiting job ends at once; a running one when its step lets go, with nothing changed', async () => {
		start( {
			preflight: ( _remote, { signal } ) =>
				new Promise( ( _resolve, reject ) =>
					signal.addEventListener( 'abort', () => reject( signal.reason ) )
				),
		} );
		await connectServer( site, 101 );
		const running = ( await site.call( 'installGateway', { serverId: 101, body: { settings } } ) ).body.jobId;
		const waiting = (
			await site.call( 'installGateway', { serverId: 101, body: { settings: { ...settings, note: 'b' } } } )
		).body.jobId;
		await site.call( 'cancelJob', { serverId: 101, jobId: waiting } );
		expect( ( await site.call( 'readJob', { serverId: 101, jobId: waiting } ) ).body.job ).toMatchObject( {
			state: 'cancelled',
			cancelRequested: true,
		} );
		expect( ( await site.call( 'cancelJob', { serverId: 101, jobId: waiting } ) ).body ).toMatchObject( {
			code: 'job_already_ended',
		} );
		await site.call( 'cancelJob', { serverId: 101, jobId: running } );
		const { job, events } = await site.untilEnded( 101, running );
		expect( job.state ).toBe( 'cancelled' );
		expect( events.at( -1 ) ).toMatchObject( { type: 'cancelled', changed: 'nothing' } );
		expect( typesOf( events ) ).toContain( 'cancel_requested' );
	}, 120_000 );

	test( 'while the connection is cut reaches the server as soon as it answers again', async () => {
		let calls = 0;
		const cut = gate();
		start( {
			apply: async ( _remote, _change, { cancel } ) => {
				if ( ++calls === 1 ) {
					cut.resolve();
					await delay( 1500 );
					throw new GatewayError( 'connection_lost' );
				}
				throw cancel.aborted ? new GatewayError( 'cancelled', {}, 'undone' ) : new Error( 'was not told' );
			},
		} );
		await connectServer( site, 120 );
		const { jobId } = ( await site.call( 'installGateway', { serverId: 120, body: { settings } } ) ).body;
		await cut.promise;
		await site.call( 'cancelJob', { serverId: 120, jobId } );
		const { events } = await site.untilEnded( 120, jobId );
		expect( events.at( -1 ) ).toMatchObject( { type: 'cancelled', changed: 'undone' } );
		expect( calls ).toBe( 2 );
	}, 120_000 );

	test( 'during apply the server gives everything back; after the commit it is too late', async () => {
		const committed = gate();
		const goOn = gate();
		start( {
			apply: async ( _remote, { plan: _plan }, { cancel, onStep } ) => {
				await onStep( 'snapshot', 'started', {}, 1 );
				await Promise.race( [
					goOn.promise,
					new Promise( ( resolve ) => cancel.addEventListener( 'abort', resolve ) ),
				] );
				if ( cancel.aborted ) {
					throw new GatewayError( 'cancelled', { savedQueue: '/var/lib/saved' }, 'undone' );
				}
				await onStep( 'commit', 'finished', {}, 2 );
				committed.resolve();
				await delay( 300 );
				return { savedQueue: null };
			},
		} );
		await connectServer( site, 111 );
		const first = ( await site.call( 'installGateway', { serverId: 111, body: { settings } } ) ).body.jobId;
		await delay( 500 );
		await site.call( 'cancelJob', { serverId: 111, jobId: first } );
		expect( ( await site.untilEnded( 111, first ) ).events.at( -1 ) ).toMatchObject( {
			type: 'cancelled',
			changed: 'undone',
			detail: { savedQueue: '/var/lib/saved' },
		} );
		const second = ( await site.call( 'installGateway', { serverId: 111, body: { settings } } ) ).body.jobId;
		goOn.resolve();
		await committed.promise;
		expect( await site.call( 'cancelJob', { serverId: 111, jobId: second } ) ).toMatchObject( {
			status: 409,
			body: { code: 'too_late_to_cancel' },
		} );
		await site.untilEnded( 111, second );
	}, 120_000 );

	test( 'is too late for a removal that has begun to give back', async () => {
		const giving = gate();
		const goOn = gate();
		start( {
			remove: async ( _remote, _change, { onStep } ) => {
				await onStep( 'restore', 'started', {}, 1 );
				giving.resolve();
				await goOn.promise;
				return { restored: null, savedQueue: null };
			},
		} );
		await connectServer( site, 130 );
		await backend.app.db
			.updateTable( 'servers' )
			.set( { installedVersion: 1 } )
			.where( 'serverId', '=', 130 )
			.execute();
		const { jobId } = ( await site.call( 'removeGateway', { serverId: 130, body: {} } ) ).body;
		await giving.promise;
		expect( ( await site.call( 'cancelJob', { serverId: 130, jobId } ) ).body ).toMatchObject( {
			code: 'too_late_to_cancel',
		} );
		goOn.resolve();
		expect( ( await site.untilEnded( 130, jobId ) ).job.state ).toBe( 'succeeded' );
	}, 120_000 );

	test( 'a waiting preview leaves no sealed password behind', async () => {
		start();
		await connectServer( site, 131 );
		const block = gate();
		start( { look: () => block.promise.then( () => bareFacts ) } );
		const ask = ( note: string ) =>
			site.call( 'previewChanges', { serverId: 131, body: { settings: { ...settings, note } } } );
		const running = ( await ask( 'a' ) ).body.jobId;
		const waiting = ( await ask( 'b' ) ).body.jobId;
		const sealed = async () =>
			( await backend.app.db.selectFrom( 'secrets' ).select( 'rowId' ).where( 'rowId', '=', waiting ).execute() )
				.length;
		expect( await sealed() ).toBe( 1 );
		await site.call( 'cancelJob', { serverId: 131, jobId: waiting } );
		expect( await sealed() ).toBe( 0 );
		block.resolve();
		await site.untilEnded( 131, running );
	}, 120_000 );
} );
