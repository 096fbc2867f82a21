import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';

let backend: TestBackend;
let site: SiteClient;
beforeAll( async () => {
	backend = await startBackend();
	site = await backend.site();
	await connectServer( site, 1 );
	const { body } = await site.call( 'installGateway', { serverId: 1, body: { settings } } );
	await site.untilEnded( 1, body.jobId );
	// the faked server cannot verify; from here on it is as after a verified apply
	await backend.app.db
		.updateTable( 'servers' )
		.set( ( { ref } ) => ( { installedVersion: ref( 'submittedVersion' ) } ) )
		.execute();
}, 120_000 );
afterAll( () => backend.stop() );

const send = ( from?: string ) =>
	site.call( 'sendTestEmail', { serverId: 1, body: { ...( from && { from } ), to: 'b@example.org' } } );

test.each( [ 'a@example.org', 'a@notexample.com', 'a@example.com.example.org' ] )(
	'a test email is not sent as %s, outside of the sending domain',
	async ( from ) => {
		expect( await send( from ) ).toMatchObject( {
			status: 422,
			body: {
				code: 'invalid_request',
				data: { fields: [ { path: 'from', problem: 'not_in_sending_domain' } ] },
			},
		} );
	}
);

test.each( [ 'a@example.com', 'a@Shop.Example.com', undefined ] )( 'but as %s it is', async ( from ) => {
	expect( ( await send( from ) ).status ).toBe( 202 );
} );
