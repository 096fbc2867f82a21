import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { errorBody } from '@email-gateway/shared';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';

jest.setTimeout( 60_000 );

let backend: TestBackend;
let site: SiteClient;
let jobId = '';
beforeAll( async () => {
	backend = await startBackend();
	site = await backend.site();
	await connectServer( site, 1 );
	jobId = ( await site.call( 'readServer', { serverId: 1 } ) ).body.job?.jobId ?? '';
} );
afterAll( () => backend.stop() );

describe( 'a signed request that is written in another way', () => {
	test.each( [
		...[
			'/v1/servers/%31',
			'/v1/servers/01',
			'/v1/servers/+1',
			'/v1/servers/1/',
			'/v1/servers/1%2f',
			'/v1/servers/1%00',
		],
		...[
			'/v1/servers/1/../1',
			'/v1/servers/%2e%2e/site',
			'/v1//servers/1',
			'/v1/servers/1;x',
			'/v1/servers/1.0',
			'/v1/servers/1e0',
		],
		...[
			'/V1/servers/1',
			'/v1/Servers/1',
			'/v1/servers/1%0a',
			'/v1/servers/%ef%bc%91',
			'/v1/servers/9999999999999999',
		],
		...[
			'/v1/servers/1/jobs/..%2f..%2f2',
			'/v1/servers/1/jobs/x',
			'/v1/servers/1/jobs/',
			'/v1/servers/__proto__',
			'/v1/%',
		],
	] )( '%s is no server’s path', async ( target ) => {
		const answer = await site.raw( 'GET', target, { actor: { userId: 7 } } );
		expect( [ 404, 422 ] ).toContain( answer.status );
		expect( errorBody.parse( JSON.parse( answer.text ) ) ).toMatchObject( { data: { status: answer.status } } );
	} );

	test( 'a path for another host is not one that was signed for us', async () => {
		expect( ( await site.raw( 'GET', 'http://other.example/v1/servers/1' ) ).status ).toBe( 401 );
	} );

	test( 'a method in the query or in a header, and a body that a GET brings, count for nothing', async () => {
		const asked = await site.raw( 'GET', '/v1/servers/1?_method=DELETE', { body: '{"_method":"DELETE"}' } );
		expect( asked.status ).toBe( 422 );
		expect( ( await site.raw( 'GET', '/v1/servers/1', { body: '{"serverId":2}' } ) ).text ).toContain(
			'"serverId":1'
		);
		expect( ( await site.raw( 'POST', '/v1/servers/1?_method=GET' ) ).status ).toBe( 404 );
	} );

	test( 'a parameter that is there twice, or is a list, is refused', async () => {
		for ( const query of [ 'ids=1&ids=2', 'ids[]=1', 'ids[a]=1', 'ids=1&ids=', 'ids=1,2&x=1', 'ids=1%2C2%0A' ] ) {
			expect( ( await site.raw( 'GET', `/v1/servers?${ query }` ) ).status ).toBe( 422 );
		}
	} );

	test( 'the server in a body or query is not the one that is meant', async () => {
		for ( const text of [
			'{"serverId":2}',
			'{"__proto__":{"serverId":2}}',
			'{"waitingMail":"save","serverId":"2"}',
		] ) {
			expect( ( await site.raw( 'POST', '/v1/servers/1/gateway/remove', { body: text } ) ).status ).toBe( 422 );
		}
	} );

	test( 'another site with the same ids has other servers and other jobs', async () => {
		const other = await backend.site( { siteUrl: 'https://other.example.com' } );
		const theirs = await other.raw( 'GET', '/v1/servers/1', { actor: { siteUrl: 'https://other.example.com' } } );
		expect( JSON.parse( theirs.text ) ).toMatchObject( { connection: null, job: null } );
		for ( const [ method, end ] of [
			[ 'GET', '' ],
			[ 'POST', '/cancel' ],
		] as const ) {
			const asked = await other.raw( method, `/v1/servers/1/jobs/${ jobId }${ end }`, {
				actor: { siteUrl: 'https://other.example.com' },
			} );
			expect( asked.status ).toBe( 404 );
		}
		expect( ( await site.raw( 'GET', `/v1/servers/2/jobs/${ jobId }` ) ).status ).toBe( 404 );
	} );
} );
