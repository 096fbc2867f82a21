import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { bareFacts, fakeFingerprint, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import {
	connection,
	connectServer,
	settings,
	startBackend,
	type TestBackend,
} from '../../test-fixtures/test-backend.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { GatewayError } from '../errors.ts';
import type { Desired } from '../gateway/desired.ts';
import { factsAfter, freshFacts } from '../gateway/test-facts.ts';
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

describe( 'an install', () => {
	test( 'changes nothing when the provider refuses the login', async () => {
		let applied = 0;
		start( {
			preflight: async () => {
				throw new GatewayError( 'provider_login_refused', { reply: '535 5.7.8 no' } );
			},
			apply: async () => {
				applied++;
				return { savedQueue: null };
			},
		} );
		await connectServer( site, 31 );
		const { body } = await site.call( 'installGateway', { serverId: 31, body: { settings } } );
		const { job } = await site.untilEnded( 31, body.jobId );
		expect( job ).toMatchObject( {
			state: 'failed',
			error: { code: 'provider_login_refused', changed: 'nothing' },
		} );
		expect( applied ).toBe( 0 );
		const overruling = { serverId: 31, body: { settings, consents: [ 'install_anyway' as const ] } };
		const byCustomer = await site.call( 'installGateway', { ...overruling, actor: { may: [ 'run_gateway' ] } } );
		expect( byCustomer ).toMatchObject( { status: 403, body: { code: 'forbidden' } } );
		const anyway = await site.call( 'installGateway', overruling );
		await site.untilEnded( 31, anyway.body.jobId );
		expect( applied ).toBe( 1 );
	}, 120_000 );

	test( 'is not called installed while a look still finds something to do', async () => {
		start();
		await connectServer( site, 41 );
		const { body } = await site.call( 'installGateway', { serverId: 41, body: { settings } } );
		expect( ( await site.untilEnded( 41, body.jobId ) ).job.error ).toMatchObject( {
			code: 'verify_failed',
			changed: 'unknown',
		} );
		expect( ( await site.call( 'readServer', { serverId: 41 } ) ).body.gateway ).toMatchObject( {
			installed: null,
			submitted: { version: 1 },
			submittedIsInstalled: false,
		} );
	}, 120_000 );

	test( 'goes on after the connection was cut while the server was being changed', async () => {
		let calls = 0;
		start( {
			apply: async ( _remote, _asked, { onStep } ) => {
				calls++;
				await onStep( 'packages', 'started', {}, 1 );
				if ( calls < 3 ) {
					throw new GatewayError( 'connection_lost' );
				}
				await onStep( 'packages', 'finished', {}, 2 );
				return { savedQueue: null };
			},
		} );
		await connectServer( site, 51 );
		const { body } = await site.call( 'installGateway', { serverId: 51, body: { settings } } );
		const { events, job } = await site.untilEnded( 51, body.jobId );
		expect( job.error ).toMatchObject( { code: 'verify_failed' } );
		const types = typesOf( events );
		expect( types.filter( ( type ) => type === 'step_finished connect' ) ).toHaveLength( 3 );
		// numbered by the server, so told once however often it was read
		expect( types.filter( ( type ) => type.endsWith( 'packages' ) ) ).toEqual( [
			'step_started packages',
			'step_finished packages',
		] );
		expect( types.filter( ( type ) => type.endsWith( 'preflight' ) ) ).toHaveLength( 2 );
	}, 120_000 );

	test( 'where nothing differs tries at once what waits', async () => {
		let wanted: Desired | undefined;
		let flushed = 0;
		start( {
			look: async () => ( wanted ? { ...factsAfter( wanted ), queue: 301 } : freshFacts ),
			apply: async ( _remote, { desired } ) => {
				wanted = desired;
				return { savedQueue: null };
			},
			flush: async () => {
				flushed++;
				return { delivered: 300, waiting: 1, older: 0 };
			},
		} );
		await connectServer( site, 64 );
		const install = async () => {
			const { body } = await site.call( 'installGateway', { serverId: 64, body: { settings } } );
			return ( await site.untilEnded( 64, body.jobId ) ).job.result;
		};
		expect( await install() ).toMatchObject( { alreadyRight: false } );
		expect( await install() ).toMatchObject( { alreadyRight: true, deliveredAfter: 300, stillWaiting: 1 } );
		expect( flushed ).toBe( 2 );
	}, 120_000 );

	test( 'in the middle of which the server is forgotten leaves something behind, and that is told', async () => {
		const begun = gate();
		const goOn = gate();
		start( {
			apply: async () => {
				begun.resolve();
				await goOn.promise;
				return { savedQueue: null };
			},
		} );
		await connectServer( site, 66 );
		await site.call( 'installGateway', { serverId: 66, body: { settings } } );
		await begun.promise;
		expect( ( await site.call( 'forgetServer', { serverId: 66 } ) ).body ).toEqual( { leftBehind: true } );
		goOn.resolve();
	}, 120_000 );

	test( 'of a server that somebody else manages is refused, and only an administrator may adopt it', async () => {
		const marker = { site: { id: 'other', url: 'https://other.example.com' }, serverId: 5 };
		start( { look: async () => ( { ...bareFacts, marker } ) } );
		await connectServer( site, 61 );
		const { body } = await site.call( 'installGateway', { serverId: 61, body: { settings } } );
		expect( ( await site.untilEnded( 61, body.jobId ) ).job.error ).toMatchObject( {
			code: 'managed_by_another_site',
			detail: { siteUrl: 'https://other.example.com' },
		} );
		const consents = [ 'adopt_from_another_site' ] as const;
		const customer = await site.call( 'installGateway', {
			serverId: 61,
			body: { settings, consents: [ ...consents ] },
			actor: { may: [ 'run_gateway' ] },
		} );
		expect( customer ).toMatchObject( { status: 403 } );
		const adopting = await site.call( 'installGateway', {
			serverId: 61,
			body: { settings, consents: [ ...consents ] },
		} );
		expect( ( await site.untilEnded( 61, adopting.body.jobId ) ).job.error?.code ).toBe( 'verify_failed' );
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
