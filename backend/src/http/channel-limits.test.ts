import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { addWebhook, webhookTo } from '../../test-fixtures/alert-channel.ts';
import { startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';

let backend: TestBackend;

beforeAll( async () => {
	backend = await startBackend( { env: { EMAIL_GATEWAY_ALLOWED_PRIVATE_RANGES: '10.9.9.0/24' } } );
} );
afterAll( () => backend.stop() );

test.each( [
	...[ 'https://localhost/', 'https://a.localhost./', 'https://127.1/', 'https://2130706433/' ],
	...[ 'https://[::1]/', 'https://[fe80::1]/', 'https://[::ffff:10.0.0.1]/', 'https://169.254.169.254/' ],
	...[ 'https://10.0.0.1/', 'https://192.168.1.2/' ],
] )( '%s is no address that the backend may call', async ( url ) => {
	const refused = { status: 422, body: { data: { fields: [ { path: 'target.url', problem: 'not_reachable' } ] } } };
	const site = await backend.site();
	expect( await site.call( 'saveChannel', { body: webhookTo( url ) } ) ).toMatchObject( refused );
} );

test( 'one in a range that this backend may reach is saved', async () => {
	const saved = await ( await backend.site() ).call( 'saveChannel', { body: webhookTo( 'https://10.9.9.9/' ) } );
	expect( saved.status ).toBe( 200 );
} );

test( 'a channel is tested ten times an hour, by one person thirty, and all of a site sixty', async () => {
	const asked = await backend.site( { siteUrl: 'https://tests.example.com' } );
	const sendAs = async ( login: string, times: number, id = '' ) => {
		const statuses = [];
		for ( let n = 0; n < times; n++ ) {
			const answer = await asked.call( 'sendTestAlert', { body: { id }, actor: { login } } );
			statuses.push( answer.status );
		}
		return statuses.filter( ( status ) => status === 202 ).length;
	};
	const ids = [];
	for ( let n = 0; n < 8; n++ ) {
		ids.push( await addWebhook( asked ) );
	}
	const [ id = '' ] = ids;
	expect( await sendAs( 'ann', 11, id ) ).toBe( 10 );
	expect( await sendAs( 'bob', 1, id ) ).toBe( 0 );
	// another channel is another receiver
	expect( [ await sendAs( 'ann', 11, ids[ 1 ] ), await sendAs( 'ann', 9, ids[ 2 ] ) ] ).toEqual( [ 10, 9 ] );
	expect( await sendAs( 'ann', 2, ids[ 3 ] ) ).toBe( 1 );
	expect( [ await sendAs( 'bob', 10, ids[ 4 ] ), await sendAs( 'bob', 10, ids[ 5 ] ) ] ).toEqual( [ 10, 10 ] );
	expect( [ await sendAs( 'cid', 10, ids[ 6 ] ), await sendAs( 'dan', 1, ids[ 7 ] ) ] ).toEqual( [ 10, 0 ] );
	expect( await asked.call( 'sendTestAlert', { body: { id }, actor: { login: 'ann' } } ) ).toMatchObject( {
		status: 429,
		body: { code: 'too_many_requests', data: { detail: { anHour: 10 } } },
	} );
	// nobody else's count
	const other = await backend.site( { siteUrl: 'https://other.example.com' } );
	const own = await addWebhook( other );
	expect( await other.call( 'sendTestAlert', { body: { id: own }, actor: { login: 'ann' } } ) ).toMatchObject( {
		status: 202,
	} );
} );
