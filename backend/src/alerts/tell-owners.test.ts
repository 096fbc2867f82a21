import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { addOwnWebhook } from '../../test-fixtures/alert-channel.ts';
import { hostOf, startTelling, type Telling } from '../../test-fixtures/telling.ts';
import { deliver } from './deliver.ts';
import { claimDeliveries } from '../db/alert-deliveries.ts';
import { linkOf } from './headline.ts';

let telling: Telling;
beforeAll( async () => {
	telling = await startTelling();
	const owner = { userId: 7, owner: 7, login: 'seven', may: [ 'run_gateway' as const ] };
	for ( const name of [ 'own', 'spare' ] ) {
		telling.channels[ name ] = await addOwnWebhook( telling.site, 11, owner );
	}
}, 120_000 );
afterAll( () => telling.backend.stop() );
beforeEach( () => telling.reset() );

test( 'a channel that an owner keeps is told of their servers, and of no other owner’s', async () => {
	for ( const id of [ 11, 12, 13 ] ) {
		await telling.opens( id, 'waiting', 'provider' );
	}
	const { own, seven, eight } = await telling.told();
	expect( own ).toEqual( seven );
	expect( own?.servers.map( ( { host } ) => host ) ).toEqual( [ hostOf( 11 ), hostOf( 12 ) ] );
	expect( own?.text ).toMatch( /^10 messages wait on 2 servers\. .* They report trouble at / );
	expect( JSON.stringify( own ) ).not.toContain( hostOf( 13 ) );
	expect( eight ).toBeDefined();
	await telling.ends( 13 );
	expect( await telling.kinds() ).toEqual( { eight: 'over' } );
	await telling.opens( 13, 'stopped' );
	expect( Object.keys( await telling.told() ).sort() ).toEqual( [ 'all', 'eight' ] );
} );

test( 'one that takes nothing is told to its owner by another one, and to nobody else', async () => {
	const { backend, db, site, channels } = telling;
	const own = channels.own as string;
	await db.deleteFrom( 'secrets' ).where( 'rowId', '=', own ).execute();
	await telling.opens( 11, 'stopped' );
	await telling.told();
	await db.deleteFrom( 'alertDeliveries' ).where( 'channel', '!=', own ).execute();
	for ( const delivery of await claimDeliveries( db, 8 ) ) {
		await deliver( backend.app, delivery, {} );
	}
	const { all, eight, own: itself, ...told } = await telling.told();
	expect( [ all, eight, itself ] ).toEqual( [ undefined, undefined, undefined ] );
	expect( Object.keys( told ).sort() ).toEqual( [ 'seven', 'spare' ] );
	expect( told.spare?.text ).toBe(
		'Alerts no longer reach the webhook. Open Alerts on the screen of a server, correct it, and press Send a Test Alert.'
	);
	expect( told.spare && linkOf( told.spare ) ).toBe( 'https://site.example.com/wp-admin/' );
	const { incidents } = ( await site.call( 'readAlerts' ) ).body;
	expect( incidents.map( ( { trouble } ) => trouble ) ).toEqual( [ 'stopped' ] );
} );
