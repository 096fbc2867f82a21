import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { FindInput } from '../mail/find-settings.ts';

const found = { smtpServer: 'smtp.site.test', smtpPort: 465, userName: 'me@site.test', source: 'dns' } as const;
const asked: FindInput[] = [];
const { tools, targets } = makeFakeTools( {
	findSettings: async ( input ) => {
		asked.push( input );
		return found;
	},
} );
let backend: TestBackend;
let site: SiteClient;
beforeAll( async () => {
	const env = { EMAIL_GATEWAY_DNS_SERVERS: '192.0.2.53', EMAIL_GATEWAY_ALLOWED_PRIVATE_RANGES: '10.0.0.0/8' };
	backend = await startBackend( { tools, env } );
	site = await backend.site();
}, 120_000 );
afterAll( () => backend.stop() );

describe( 'Find Settings', () => {
	test( 'is a job of the worker that needs no connected server, and reaches none', async () => {
		const { status, body } = await site.call( 'findSettings', { serverId: 9, body: { address: 'me@site.test' } } );
		expect( status ).toBe( 202 );
		const { job } = await site.untilEnded( 9, body.jobId );
		expect( job ).toMatchObject( { state: 'succeeded', result: { verb: 'find_settings', found } } );
		expect( asked ).toMatchObject( [
			{ address: 'me@site.test', dnsServers: [ '192.0.2.53' ], allowedPrivateRanges: [ '10.0.0.0/8' ] },
		] );
		expect( targets ).toEqual( [] );
	} );

	test.each( [ 'me', 'me@', 'me@site.test\nBcc: you@site.test' ] )( 'refuses %j at the door', async ( address ) => {
		expect( await site.call( 'findSettings', { serverId: 9, body: { address } } ) ).toMatchObject( {
			status: 422,
			body: { code: 'invalid_request' },
		} );
	} );
} );
