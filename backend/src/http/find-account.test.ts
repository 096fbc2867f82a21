import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { FindInput } from '../mail/find-settings.ts';

const found = { smtpServer: 'smtp.site.test', smtpPort: 465, userName: 'me@site.test', source: 'dns' } as const;
const asked: FindInput[] = [];
let backend: TestBackend;
let site: SiteClient;
beforeAll( async () => {
	const { tools } = makeFakeTools( {
		findSettings: async ( input ) => {
			asked.push( input );
			return input.address === 'me@site.test' ? found : null;
		},
	} );
	const env = { EMAIL_GATEWAY_DNS_SERVERS: '192.0.2.53', EMAIL_GATEWAY_ALLOWED_PRIVATE_RANGES: '10.0.0.0/8' };
	backend = await startBackend( { tools, env } );
	site = await backend.site();
}, 120_000 );
afterAll( () => backend.stop() );

describe( 'Find Settings for the defaults', () => {
	test( 'answers at once, where no server is known yet', async () => {
		const { status, body } = await site.call( 'findAccount', { body: { address: 'me@site.test' } } );
		expect( { status, body } ).toEqual( { status: 200, body: { found } } );
		expect( asked ).toEqual( [
			{
				address: 'me@site.test',
				dnsServers: [ '192.0.2.53' ],
				allowedPrivateRanges: [ '10.0.0.0/8' ],
				timeoutMs: 8_000,
			},
		] );
	} );

	test( 'tells where nobody tells', async () => {
		expect( await site.call( 'findAccount', { body: { address: 'me@other.test' } } ) ).toMatchObject( {
			status: 200,
			body: { found: null },
		} );
	} );

	test( 'is for those who may manage them', async () => {
		const before = asked.length;
		const refused = await site.call( 'findAccount', {
			body: { address: 'me@site.test' },
			actor: { may: [ 'run_gateway' ] },
		} );
		expect( refused ).toMatchObject( { status: 403, body: { code: 'forbidden' } } );
		expect( asked ).toHaveLength( before );
	} );
} );
