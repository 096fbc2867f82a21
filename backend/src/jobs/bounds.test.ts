import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { GatewayError } from '../errors.ts';
import { isCancelOver, leftMs } from './deadline.ts';
import { outcomeOf } from './outcome.ts';
import type { Tools } from './tools.ts';

let backend: TestBackend;
let site: SiteClient;
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
const minutesAgo = ( minutes: number ) => new Date( Date.now() - minutes * 60_000 );
const silence = () => new Promise< never >( () => {} );
const install = async ( serverId: number ) =>
	( await site.call( 'installGateway', { serverId, body: { settings } } ) ).body.jobId;
const change = ( jobId: string, values: Record< string, Date > ) =>
	backend.app.db.updateTable( 'jobs' ).set( values ).where( 'id', '=', jobId ).execute();
/** An install whose server says nothing once it is being changed. */
async function hanging( serverId: number ): Promise< string > {
	const applying = Promise.withResolvers< void >();
	start( { apply: () => ( applying.resolve(), silence() ) } );
	await connectServer( site, serverId );
	const jobId = await install( serverId );
	await applying.promise;
	return jobId;
}
const stateOf = async ( serverId: number ) => ( await site.call( 'readServer', { serverId } ) ).body.gateway.state;

describe( 'a job whose server never answers', () => {
	test( 'ends at its deadline, which counts from its first start, and the server is to be looked at', async () => {
		const applying = Promise.withResolvers< void >();
		start( { apply: () => ( applying.resolve(), silence() ) } );
		await connectServer( site, 11 );
		const hold = Promise.withResolvers< void >();
		start( {
			look: async ( ...given ) => hold.promise.then( () => makeFakeTools().tools.look( ...given ) ),
			apply: () => ( applying.resolve(), silence() ),
		} );
		const ahead = ( await site.call( 'previewChanges', { serverId: 11, body: { settings } } ) ).body.jobId;
		const jobId = await install( 11 );
		// as one that another worker began: two seconds of its time are left
		await change( jobId, { startedAt: new Date( Date.now() - 45 * 60_000 + 2_000 ) } );
		hold.resolve();
		await site.untilEnded( 11, ahead );
		const { job } = await site.untilEnded( 11, jobId );
		await applying.promise;
		expect( job ).toMatchObject( {
			state: 'failed',
			error: { code: 'job_took_too_long', detail: { minutes: 45 }, changed: 'unknown' },
		} );
		expect( await stateOf( 11 ) ).toBe( 'unfinished' );
	}, 60_000 );

	test( 'is not begun where its time was over before it was delivered', async () => {
		start();
		await connectServer( site, 12 );
		const hold = Promise.withResolvers< void >();
		let connected = 0;
		const { tools } = makeFakeTools();
		start( {
			connect: ( ...given ) => ( connected++, hold.promise.then( () => tools.connect( ...given ) ) ),
		} );
		const ahead = ( await site.call( 'previewChanges', { serverId: 12, body: { settings } } ) ).body.jobId;
		const jobId = await install( 12 );
		await change( jobId, { startedAt: minutesAgo( 46 ) } );
		hold.resolve();
		await site.untilEnded( 12, ahead );
		const { job } = await site.untilEnded( 12, jobId );
		expect( job.error ).toMatchObject( { code: 'job_took_too_long', changed: 'nothing' } );
		expect( connected ).toBe( 1 );
	}, 60_000 );

	test( 'is let go of by Cancel, while it is being changed, too; the next job has its turn', async () => {
		const jobId = await hanging( 13 );
		const next = ( await site.call( 'checkConnection', { serverId: 13 } ) ).body.jobId;
		await site.call( 'cancelJob', { serverId: 13, jobId } );
		await change( jobId, { cancelRequestedAt: minutesAgo( 11 ) } );
		const { job, events } = await site.untilEnded( 13, jobId );
		expect( job.state ).toBe( 'cancelled' );
		expect( events.at( -1 ) ).toMatchObject( {
			type: 'cancelled',
			changed: 'unknown',
			detail: { reason: 'server_silent' },
		} );
		expect( ( await site.untilEnded( 13, next ) ).job.state ).toBe( 'succeeded' );
		expect( await stateOf( 13 ) ).not.toBe( 'unfinished' );
	}, 60_000 );

	test( 'is let go of by Cancel at once where nothing is being changed, whatever it waits for', async () => {
		start();
		await connectServer( site, 14 );
		const asked = Promise.withResolvers< void >();
		start( { connect: () => ( asked.resolve(), silence() ) } );
		const jobId = await install( 14 );
		await asked.promise;
		await site.call( 'cancelJob', { serverId: 14, jobId } );
		const { events } = await site.untilEnded( 14, jobId );
		expect( events.at( -1 ) ).toMatchObject( { type: 'cancelled', changed: 'nothing' } );
	}, 60_000 );

	test( 'can be cancelled after its commit, where it has fallen silent since', async () => {
		const committed = Promise.withResolvers< void >();
		start( {
			apply: async ( _remote, _change, { onStep } ) => {
				await onStep( 'commit', 'finished', {}, 1 );
				committed.resolve();
				return silence();
			},
		} );
		await connectServer( site, 15 );
		const jobId = await install( 15 );
		await committed.promise;
		const cancel = () => site.call( 'cancelJob', { serverId: 15, jobId } );
		expect( ( await cancel() ).body ).toMatchObject( { code: 'too_late_to_cancel' } );
		await backend.app.db
			.updateTable( 'jobEvents' )
			.set( { at: minutesAgo( 2 ) } )
			.where( 'jobId', '=', jobId )
			.execute();
		expect( ( await cancel() ).status ).toBe( 202 );
		await change( jobId, { cancelRequestedAt: minutesAgo( 11 ) } );
		expect( ( await site.untilEnded( 15, jobId ) ).job.state ).toBe( 'cancelled' );
	}, 60_000 );
} );

test( 'a refusal that another connection would meet as well is not tried again', async () => {
	let calls = 0;
	start( {
		apply: async () => {
			calls++;
			throw new GatewayError( 'session_refused', { said: 'open failed' } );
		},
	} );
	await connectServer( site, 16 );
	const { job } = await site.untilEnded( 16, await install( 16 ) );
	expect( job.error ).toMatchObject( { code: 'session_refused', changed: 'unknown' } );
	expect( calls ).toBe( 1 );
}, 60_000 );

describe( 'how long is waited', () => {
	const now = 100_000_000;
	test.each( [
		[ 'a second after the click, the server silent', { askedAt: now - 1_000, heardAt: now - 90_000 }, false ],
		[ 'half a minute after it, the server silent', { askedAt: now - 31_000, heardAt: now - 31_000 }, true ],
		[ 'half a minute after it, the server gives back', { askedAt: now - 31_000, heardAt: now - 1_000 }, false ],
		[ 'ten minutes after it, whatever it says', { askedAt: now - 601_000, heardAt: now }, true ],
	] )( '%s', ( _name, asked, isOver ) => {
		expect( isCancelOver( asked, now ) ).toBe( isOver );
	} );

	test( 'never longer than a job has at all, where the clock was set back', () => {
		expect( leftMs( { verb: 'check_connection', startedAt: new Date( now + 3_600_000 ) }, now ) ).toBe( 300_000 );
	} );
} );

test.each( [
	[ 'sign_in_refused', true, 'unknown' ],
	[ 'sign_in_refused', false, 'nothing' ],
] as const )( '%s while it is being changed (%s) leaves the server %s', ( code, applying, changed ) => {
	expect( outcomeOf( new GatewayError( code ), { applying } ) ).toMatchObject( {
		error: { code, changed },
	} );
} );
