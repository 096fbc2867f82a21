import { expect, test } from '@jest/globals';
import { endpoints, errorsOf } from '@email-gateway/shared';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { startBackend } from '../../test-fixtures/test-backend.ts';
import { GatewayError } from '../errors.ts';
import { docsPage } from './docs-page.ts';
import { openApi } from './openapi.ts';

const refusing = ( error: GatewayError ) =>
	startBackend( { tools: { ...makeFakeTools().tools, findSettings: () => Promise.reject( error ) } } );
const body = { address: 'user@example.com' };

test( 'a code that an endpoint does not list is answered, and fails the test in which a handler throws it', async () => {
	const backend = await refusing( new GatewayError( 'disk_full' ) );
	const answer = await ( await backend.site() ).call( 'findAccount', { body } );
	expect( answer ).toMatchObject( { status: 507, body: { code: 'disk_full' } } );
	await expect( backend.stop() ).rejects.toThrow( /disk_full.*accounts\/find/ );
} );

test( 'a listed one does not', async () => {
	const backend = await refusing( new GatewayError( 'too_many_requests', { anHour: 1 } ) );
	const answer = await ( await backend.site() ).call( 'findAccount', { body } );
	expect( answer ).toMatchObject( { status: 429, body: { data: { detail: { anHour: 1 } } } } );
	await expect( backend.stop() ).resolves.toBeUndefined();
} );

const description = openApi( { audience: 'https://gateway.example' } );
const { delete: operation } = description.paths?.[ '/v1/servers/{serverId}/gateway/credentials' ] ?? {};

test( 'the OpenAPI description groups the codes of a call by status, each with what it tells', () => {
	const responses = operation?.responses ?? {};
	const named = [ ...JSON.stringify( responses ).matchAll( /schemas\/refused_(\w+)/g ) ].map(
		( [ , code ] ) => code
	);
	expect( named.sort() ).toEqual( [ ...errorsOf( endpoints.deleteCredentials ) ].sort() );
	expect( Object.keys( responses ) ).not.toContain( 'default' );
	expect( responses[ '409' ] ).toMatchObject( { description: expect.stringContaining( '`server_busy`' ) } );
	expect( description.components?.schemas?.refused_server_busy ).toMatchObject( {
		properties: {
			code: { const: 'server_busy' },
			data: { properties: { status: { const: 409 }, detail: { properties: { jobId: { type: 'string' } } } } },
		},
	} );
} );

test.each( [
	[ 'invalid_request', 'fields' ],
	[ 'signature_too_old', 'now' ],
] )( 'it shows what %s tells beside its detail', ( code, part ) => {
	const schema = description.components?.schemas?.[ `refused_${ code }` ];
	expect( schema ).toMatchObject( { properties: { data: { properties: { [ part ]: expect.anything() } } } } );
} );

test( 'the page for people lists them', () => {
	expect( docsPage( description ) ).toContain( '<li>422 Refused: <code>invalid_request</code>' );
	expect( docsPage( description ) ).toContain( '<code>gateway_still_installed</code>' );
} );
