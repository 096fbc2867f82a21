import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startBackupServer, type BackupServer } from '../../test-fixtures/backup-server.ts';

const uid = 1001;
let play: BackupServer;
beforeAll( async () => {
	play = await startBackupServer();
	await play.install( play.first );
	await set();
	await play.call( 'chooseRouteBackup', rules() );
}, 120_000 );
afterAll( () => play.backend.stop() );

const rules = () => ( { uid, account: play.second, automatic: false, atLimit: false, afterMinutes: 15 } );
const typed = {
	...{ use: 'typed', smtpServer: 'smtp.typed.test', smtpPort: 465, userName: 'shop@typed.test' },
	password: 'a typed secret',
};
const set = ( change: object = {} ) =>
	play.ended( 'setRoute', { uid, account: { use: 'account', id: play.first }, senders: [ 'shop.test' ], ...change } );
const active = async () => ( await play.route( uid ) )?.backup?.active ?? null;
const passwd = () => play.server.passwords( 'route-1_passwd' );

test( 'another account ends it, and the route that is removed leaves nothing behind', async () => {
	await play.ended( 'switchRouteToBackup', { uid } );
	await set( { account: typed } );
	expect( [ await active(), await play.incidents() ] ).toEqual( [ null, [] ] );
	await play.ended( 'switchRouteToBackup', { uid } );
	await play.ended( 'removeRoute', { uid } );
	expect( await play.incidents() ).toEqual( [] );
	await set();
	expect( ( await play.route( uid ) )?.backup ).toBeNull();
} );

test( 'a password that a former owner typed is not gone back to', async () => {
	const owned = ( owner: number ) => play.site.call( 'readServer', { serverId: play.serverId, actor: { owner } } );
	await owned( 5 );
	await set( { account: typed } );
	await play.call( 'chooseRouteBackup', rules() );
	await play.ended( 'switchRouteToBackup', { uid } );
	await owned( 6 );
	expect( [ ( await play.route( uid ) )?.backup, await play.incidents() ] ).toEqual( [ null, [] ] );
	expect( await play.call( 'switchRouteBack', { uid } ) ).toMatchObject( { code: 'not_found' } );
	expect( passwd() ).toContain( 'second@second.test' );
	expect( await play.everythingKept() ).not.toContain( 'a typed secret' );
} );

test( 'the audit tells who switched which route, and Remove Email Gateway ends it', async () => {
	await set();
	await play.call( 'chooseRouteBackup', rules() );
	await play.ended( 'switchRouteToBackup', { uid } );
	await play.ended( 'switchRouteBack', { uid } );
	await play.ended( 'switchRouteToBackup', { uid } );
	const { entries } = ( await play.site.call( 'readAudit', { serverId: play.serverId } ) ).body;
	const user = 'site-1001';
	expect( entries.map( ( { action, detail } ) => [ action, detail ] ) ).toEqual(
		expect.arrayContaining( [
			[ 'backup_chosen', expect.objectContaining( { name: 'Second', user } ) ],
			[ 'job_asked', expect.objectContaining( { verb: 'set_route', backup: 'switch', why: 'by_hand', user } ) ],
			[ 'job_asked', expect.objectContaining( { verb: 'set_route', backup: 'back', user } ) ],
		] )
	);
	await play.ended( 'removeGateway' );
	expect( [ await play.route( uid ), await play.incidents() ] ).toEqual( [ null, [] ] );
	expect( ( await play.call( 'deleteAccount', { id: play.second } ) ) as object ).toHaveProperty( 'accounts' );
} );
