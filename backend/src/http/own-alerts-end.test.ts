import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Actor } from '@email-gateway/shared';
import { addOwnWebhook } from '../../test-fixtures/alert-channel.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';

let backend: TestBackend;
let site: SiteClient;
const person = ( login: string, userId: number ): Partial< Actor > => ( {
	...{ login, userId, owner: userId, may: [ 'run_gateway' ] },
} );
const [ anna, bert ] = [ person( 'anna', 11 ), person( 'bert', 12 ) ];
/** Anna's, Anna's, Bert's. */
const [ first, second, third ] = [ 1, 2, 3 ];

beforeAll( async () => {
	backend = await startBackend();
	site = await backend.site();
	for ( const serverId of [ first, second, third ] ) {
		await connectServer( site, serverId );
		await addOwnWebhook( site, serverId, serverId === third ? bert : anna );
	}
}, 120_000 );
afterAll( () => backend.stop() );

describe( 'who owns no server of the site any more', () => {
	const secrets = () =>
		backend.app.db.selectFrom( 'secrets' ).where( 'tableName', '=', 'alert_channels' ).selectAll().execute();
	const own = () => backend.app.db.selectFrom( 'alertChannels' ).where( 'own', '=', true ).selectAll().execute();

	test( 'keeps no channel, once the last one changed hands', async () => {
		const before = ( await secrets() ).length;
		await site.call( 'readServer', { serverId: first, actor: bert } );
		expect( ( await own() ).filter( ( { owner } ) => owner === 11 ) ).toHaveLength( 2 );
		await site.call( 'readServer', { serverId: second, actor: bert } );
		expect( ( await own() ).filter( ( { owner } ) => owner === 11 ) ).toEqual( [] );
		expect( ( await secrets() ).length ).toBe( before - 2 );
		const { entries } = ( await site.call( 'readSiteAudit' ) ).body;
		expect( entries[ 0 ] ).toMatchObject( { action: 'alert_channel_deleted', detail: { owner: 11 } } );
		// nor anybody else's
		expect( ( await own() ).filter( ( { owner } ) => owner === 12 ) ).not.toEqual( [] );
	} );

	test( 'keeps none either, once the last one was forgotten', async () => {
		for ( const serverId of [ first, second ] ) {
			await site.call( 'forgetServer', { serverId } );
			expect( await own() ).not.toEqual( [] );
		}
		await site.call( 'forgetServer', { serverId: third } );
		expect( await own() ).toEqual( [] );
	} );
} );
