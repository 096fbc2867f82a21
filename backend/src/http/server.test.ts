import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
	connection,
	connectServer,
	settings,
	startBackend,
	type TestBackend,
} from '../../test-fixtures/test-backend.ts';
import { type SiteClient } from '../../test-fixtures/site-client.ts';
import { json } from '../db/tables.ts';

let backend: TestBackend;
let site: SiteClient;
beforeAll( async () => {
	backend = await startBackend();
	site = await backend.site();
}, 120_000 );
afterAll( () => backend.stop() );

describe( 'who may what', () => {
	test( 'a copied database is stopped until somebody says that the site moved', async () => {
		const moved = await backend.site( { siteUrl: 'https://old.example.com' } );
		const actor = { siteUrl: 'https://new.example.com' };
		expect( await moved.call( 'readServer', { serverId: 1, actor } ) ).toMatchObject( {
			status: 409,
			body: { code: 'site_moved', data: { detail: { pairedAs: 'https://old.example.com' } } },
		} );
		expect( await moved.call( 'confirmMove', { actor: { ...actor, may: [ 'run_gateway' ] } } ) ).toMatchObject( {
			status: 403,
		} );
		expect( await moved.call( 'confirmMove', { actor } ) ).toMatchObject( {
			status: 200,
			body: { siteUrl: 'https://new.example.com' },
		} );
		expect( await moved.call( 'readServer', { serverId: 1, actor } ) ).toMatchObject( { status: 200 } );
	} );

	test( 'a site takes no address that another one is paired as, however it is spelled', async () => {
		const [ victim, mover ] = [
			await backend.site( { siteUrl: 'https://taken.example.com' } ),
			await backend.site( { siteUrl: 'https://mover.example.com' } ),
		];
		for ( const siteUrl of [ 'https://taken.example.com', 'https://TAKEN.example.com:443/' ] ) {
			expect( await mover.call( 'confirmMove', { actor: { siteUrl } } ) ).toMatchObject( {
				status: 409,
				body: { code: 'site_address_taken' },
			} );
		}
		expect( ( await mover.call( 'readSite' ) ).body.siteUrl ).toBe( 'https://mover.example.com' );
		// its own in another spelling is none of another's, and one that has ended has none
		await victim.call( 'endPairing' );
		expect( await mover.call( 'confirmMove', { actor: { siteUrl: 'https://taken.example.com' } } ) ).toMatchObject(
			{
				status: 200,
			}
		);
		expect( await mover.call( 'confirmMove', { actor: { siteUrl: 'https://taken.example.com/' } } ) ).toMatchObject(
			{
				status: 200,
			}
		);
	} );

	test.each( [
		[ 'readSite', {} ],
		[ 'readAccounts', {} ],
		[ 'saveConnection', { serverId: 1, body: { connection } } ],
		[ 'forgetServer', { serverId: 1 } ],
	] as const )( 'a customer who may run a gateway may not %s', async ( name, options ) => {
		expect( await site.call( name, { ...options, actor: { may: [ 'run_gateway' ] } } as never ) ).toMatchObject( {
			status: 403,
			body: { code: 'forbidden' },
		} );
	} );

	test( 'another site sees neither the server nor its jobs', async () => {
		await connectServer( site, 20 );
		const { body } = await site.call( 'readServer', { serverId: 20 } );
		const stranger = await backend.site( { siteUrl: 'https://stranger.example.com' } );
		expect( ( await stranger.call( 'readServer', { serverId: 20 } ) ).body ).toMatchObject( { connection: null } );
		expect( await stranger.call( 'readJob', { serverId: 20, jobId: body.job!.jobId } ) ).toMatchObject( {
			status: 404,
		} );
		expect( await stranger.call( 'cancelJob', { serverId: 20, jobId: body.job!.jobId } ) ).toMatchObject( {
			status: 404,
		} );
	} );
} );

describe( 'what is said', () => {
	test( 'each wrong field is named with its problem', async () => {
		const answer = await site.call( 'installGateway', {
			serverId: 20,
			body: {
				settings: {
					...settings,
					userName: 'a:b',
					smtpServer: '',
					password: { use: 'typed', value: 'blank ' },
					colour: 'red',
				} as never,
			},
		} );
		expect( answer.status ).toBe( 422 );
		expect( answer.body ).toMatchObject( { code: 'invalid_request' } );
		const { fields } = ( answer.body as unknown as { data: { fields: { path: string; problem: string }[] } } ).data;
		expect( fields ).toEqual(
			expect.arrayContaining( [
				{ path: 'settings.userName', problem: 'colon_in_user_name' },
				{ path: 'settings.smtpServer', problem: 'required' },
				{ path: 'settings.password.value', problem: 'trailing_blank' },
				{ path: 'settings.colour', problem: 'unknown_field' },
			] )
		);
	} );

	test( 'what is not JSON, and what is not there, is said in the same shape', async () => {
		const answer = await fetch( `${ backend.audience }/v1/pair`, { method: 'POST', body: '{' } );
		expect( await answer.json() ).toMatchObject( { code: 'invalid_request', data: { status: 422 } } );
		const missing = await fetch( `${ backend.audience }/nothing` );
		expect( [ missing.status, await missing.json() ] ).toMatchObject( [ 404, { code: 'not_found' } ] );
	} );

	test( 'forgetting a server tells of a change whose end nobody saw', async () => {
		await connectServer( site, 71 );
		await backend.app.db
			.updateTable( 'servers' )
			.set( { unfinished: true } )
			.where( 'serverId', '=', 71 )
			.execute();
		const listed = await site.call( 'listServers', { query: '?ids=71' } );
		expect( listed.body.servers ).toMatchObject( [ { serverId: 71, hasGateway: true } ] );
		expect( ( await site.call( 'forgetServer', { serverId: 71 } ) ).body ).toEqual( { leftBehind: true } );
		expect( ( await site.call( 'forgetServer', { serverId: 71 } ) ).body ).toEqual( { leftBehind: false } );
	} );

	test( 'our own marker on the server counts over the record: pill, Remove and Forget know it', async () => {
		await connectServer( site, 72 );
		expect( ( await site.call( 'removeGateway', { serverId: 72, body: {} } ) ).body ).toMatchObject( {
			code: 'gateway_not_installed',
		} );
		const look = {
			at: new Date().toISOString(),
			system: 'Debian',
			support: 'tested',
			asRoot: 'root',
			gateway: 'ours',
			mail: null,
		} as const;
		await backend.app.db
			.updateTable( 'servers' )
			.set( { lastLook: json( look ) } )
			.where( 'serverId', '=', 72 )
			.execute();
		const listed = await site.call( 'listServers', { query: '?ids=72' } );
		expect( listed.body.servers ).toMatchObject( [ { serverId: 72, hasGateway: true, state: 'installed' } ] );
		const { body } = await site.call( 'removeGateway', { serverId: 72, body: {} } );
		expect( ( await site.untilEnded( 72, body.jobId ) ).job.state ).toBe( 'succeeded' );
		const after = await site.call( 'listServers', { query: '?ids=72' } );
		expect( after.body.servers ).toMatchObject( [ { serverId: 72, hasGateway: false, state: 'not_installed' } ] );
	} );

	test( 'the list has a row for each server asked for', async () => {
		const { body } = await site.call( 'listServers', { query: '?ids=20,999' } );
		expect( body.servers ).toEqual( [
			{
				serverId: 20,
				host: '203.0.113.7',
				state: 'not_installed',
				hasGateway: false,
				...{ sandbox: false, backup: false, alert: null, since: null },
				lastTest: null,
				checkedAt: null,
			},
			{
				serverId: 999,
				host: null,
				state: 'not_connected',
				hasGateway: false,
				...{ sandbox: false, backup: false, alert: null, since: null },
				lastTest: null,
				checkedAt: null,
			},
		] );
	} );

	test( 'health, readiness, the OpenAPI description and the page for people answer without a signature', async () => {
		const get = async ( path: string ) => ( await fetch( backend.audience + path ) ).text();
		expect( JSON.parse( await get( '/health' ) ) ).toMatchObject( { status: 'ok' } );
		expect( JSON.parse( await get( '/ready' ) ) ).toMatchObject( { status: 'ready' } );
		expect( JSON.parse( await get( '/openapi.json' ) ) ).toMatchObject( {
			openapi: '3.1.0',
			paths: { '/v1/servers/{serverId}/gateway/install': { post: { operationId: 'installGateway' } } },
		} );
		expect( await get( '/docs' ) ).toContain( '/v1/servers/{serverId}/gateway/install' );
	} );
} );
