import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fakeFingerprint, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import {
	connection,
	connectServer,
	settings,
	startBackend,
	type TestBackend,
} from '../../test-fixtures/test-backend.ts';
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

describe( 'first contact', () => {
	test( 'shows the key and waits until exactly this one is trusted', async () => {
		start();
		const saved = await site.call( 'saveConnection', { serverId: 11, body: { connection } } );
		const first = await site.untilEnded( 11, saved.body.jobId );
		expect( first.job ).toMatchObject( {
			state: 'failed',
			error: { code: 'host_key_unknown', changed: 'nothing', detail: { fingerprint: fakeFingerprint } },
		} );
		expect( ( await site.call( 'installGateway', { serverId: 11, body: { settings } } ) ).body ).toMatchObject( {
			code: 'host_key_not_trusted',
		} );
		const other = await site.call( 'trustHostKey', {
			serverId: 11,
			body: { fingerprint: `SHA256:${ 'B'.repeat( 43 ) }` },
		} );
		expect( other ).toMatchObject( { status: 409, body: { code: 'fingerprint_mismatch' } } );
		const trusted = await site.call( 'trustHostKey', { serverId: 11, body: { fingerprint: fakeFingerprint } } );
		const second = await site.untilEnded( 11, trusted.body.jobId );
		expect( typesOf( second.events ) ).toEqual( [
			'queued',
			'started',
			'step_started connect',
			'step_finished connect',
			'step_started look',
			'step_finished look',
			'succeeded',
		] );
		expect( second.events.map( ( { seq } ) => seq ) ).toEqual( [ 1, 2, 3, 4, 5, 6, 7 ] );
		expect( ( await site.call( 'readServer', { serverId: 11 } ) ).body.connection ).toMatchObject( {
			hostKey: { state: 'trusted', trustedBy: 'admin' },
			lastLook: { asRoot: 'root' },
		} );
	}, 120_000 );

	test( 'a changed key stops everything until it is trusted again', async () => {
		const key = { fingerprint: fakeFingerprint };
		const { tools } = makeFakeTools();
		const newFingerprint = `SHA256:${ 'C'.repeat( 43 ) }`;
		start( {
			connect: ( target, options ) =>
				target.pinnedFingerprint === null
					? tools.connect( target, options )
					: target.pinnedFingerprint === key.fingerprint
					? tools.connect( { ...target, pinnedFingerprint: fakeFingerprint }, options )
					: Promise.reject(
							new GatewayError( 'host_key_changed', {
								fingerprint: String( target.pinnedFingerprint ),
								seenFingerprint: key.fingerprint,
								algorithm: 'ssh-ed25519',
							} )
					  ),
		} );
		await site
			.call( 'saveConnection', { serverId: 21, body: { connection } } )
			.then( ( { body } ) => site.untilEnded( 21, body.jobId ) );
		await site
			.call( 'trustHostKey', { serverId: 21, body: { fingerprint: fakeFingerprint } } )
			.then( ( { body } ) => site.untilEnded( 21, body.jobId ) );
		key.fingerprint = newFingerprint;
		const { body } = await site.call( 'previewChanges', { serverId: 21, body: { settings } } );
		expect( ( await site.untilEnded( 21, body.jobId ) ).job.error ).toMatchObject( {
			code: 'host_key_changed',
			detail: { seenFingerprint: newFingerprint },
		} );
		expect( ( await site.call( 'installGateway', { serverId: 21, body: { settings } } ) ).body ).toMatchObject( {
			code: 'host_key_changed',
		} );
		const trusted = await site.call( 'trustHostKey', { serverId: 21, body: { fingerprint: newFingerprint } } );
		expect( ( await site.untilEnded( 21, trusted.body.jobId ) ).job.state ).toBe( 'succeeded' );
	}, 120_000 );
} );

describe( 'what a job learned', () => {
	test( 'is not written for a server that was given another host meanwhile', async () => {
		const held = gate();
		const asked = gate();
		start( {
			prove: async ( _remote, { from, to } ) => {
				asked.resolve();
				await held.promise;
				return {
					...{ outcome: 'accepted', from, to, queueId: 'ABCDEF', relay: null, tlsVersion: null },
					...{ certificateName: null, handOverMs: 1, answerMs: 1, log: [] },
					diagnosis: { cause: 'accepted', enhancedCode: null, reply: '', stage: null },
				} as const as never;
			},
		} );
		await connectServer( site, 140 );
		await backend.app.db
			.updateTable( 'servers' )
			.set( { installedVersion: 1 } )
			.where( 'serverId', '=', 140 )
			.execute();
		const body = { from: 'a@example.com', to: 'b@example.com' };
		const { jobId } = ( await site.call( 'sendTestEmail', { serverId: 140, body } ) ).body;
		await asked.promise;
		await site.call( 'saveConnection', {
			serverId: 140,
			body: { connection: { ...connection, host: '203.0.113.99' } },
		} );
		held.resolve();
		expect( ( await site.untilEnded( 140, jobId ) ).job.state ).toBe( 'succeeded' );
		expect( ( await site.call( 'readServer', { serverId: 140 } ) ).body.gateway.lastTest ).toBeNull();
	}, 120_000 );
} );
