import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bareFacts, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
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
