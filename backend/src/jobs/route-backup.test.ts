import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startBackupServer, type BackupServer } from '../../test-fixtures/backup-server.ts';

const [ uid, other ] = [ 1001, 1002 ];
let play: BackupServer;
/** An account at a third provider, which the second route has. */
let third = '';
beforeAll( async () => {
	play = await startBackupServer();
	third = await play.save( { name: 'Third' } );
}, 120_000 );
afterAll( () => play.backend.stop() );

const rules = ( change: object = {} ) => ( {
	...{ uid, account: play.second, automatic: false, atLimit: false, afterMinutes: 15 },
	...change,
} );
const typed = {
	...{ use: 'typed', smtpServer: 'smtp.typed.test', smtpPort: 465, userName: 'shop@typed.test' },
	password: 'a typed secret',
};
const set = ( change: object = {} ) =>
	play.ended( 'setRoute', { uid, account: { use: 'account', id: play.first }, senders: [ 'shop.test' ], ...change } );
const uses = async ( account: string ) => {
	const { accounts } = ( await play.site.call( 'readAccounts' ) ).body;
	const listed = accounts.find( ( { id } ) => id === account )?.usedBy.listed ?? [];
	return listed.flatMap( ( { routeBackups } ) => routeBackups );
};
const active = async ( of = uid ) => ( await play.route( of ) )?.backup?.active ?? null;
const passwd = ( number = 1 ) => play.server.passwords( `route-${ number }_passwd` );
const first = '[smtp.first.test]:587 first@first.test:secret of first\n';
const second = '[smtp.second.test]:587 second@second.test:secret of second\n';

test( 'needs a gateway, a route of that user, and another account of this site', async () => {
	expect( await play.call( 'chooseRouteBackup', rules() ) ).toMatchObject( { code: 'not_found' } );
	expect( await play.call( 'switchRouteToBackup', { uid } ) ).toMatchObject( { code: 'gateway_not_installed' } );
	await play.install( play.first );
	expect( await play.call( 'switchRouteToBackup', { uid } ) ).toMatchObject( { code: 'not_found' } );
	await set();
	await set( { uid: other, account: { use: 'account', id: third }, senders: [ 'blog.test' ] } );
	expect( await play.call( 'switchRouteToBackup', { uid } ) ).toMatchObject( { code: 'not_found' } );
	for ( const [ change, code ] of [
		[ { account: play.first }, 'same_account' ],
		[ { account: crypto.randomUUID() }, 'not_found' ],
		[ { uid: 1003 }, 'not_found' ],
		[ { afterMinutes: 0 }, 'invalid_request' ],
	] as const ) {
		expect( await play.call( 'chooseRouteBackup', rules( change ) ) ).toMatchObject( { code } );
	}
	expect( ( await play.route( uid ) )?.backup ).toBeNull();
	expect( await play.call( 'switchRouteBack', { uid } ) ).toMatchObject( { code: 'not_found' } );
} );

test( 'an account of another site is none', async () => {
	const others = await play.backend.site();
	const { serverId } = play;
	const answer = await others.call( 'chooseRouteBackup', { serverId, body: rules() } );
	expect( answer.body ).toMatchObject( { code: 'not_found' } );
	expect( ( await play.route( uid ) )?.backup ).toBeNull();
} );

test( 'is chosen, and shown to who may manage the accounts only', async () => {
	expect( await play.call( 'chooseRouteBackup', rules() ) ).toEqual( { saved: true } );
	expect( await play.route( uid ) ).toMatchObject( {
		backup: { name: 'Second', smtpServer: 'smtp.second.test', sameProvider: false, active: null },
	} );
	for ( const name of [ 'switchRouteToBackup', 'switchRouteBack', 'endRouteBackup' ] as const ) {
		expect( await play.customer( name, { uid } ) ).toMatchObject( { code: 'forbidden' } );
	}
	expect( await play.customer( 'chooseRouteBackup', rules() ) ).toMatchObject( { code: 'forbidden' } );
	expect( await play.route( uid, play.customerOnly ) ).toMatchObject( { account: null, backup: null } );
	expect( await play.call( 'deleteAccount', { id: play.second } ) ).toMatchObject( { code: 'account_is_backup' } );
	expect( await uses( play.second ) ).toEqual( [ { user: 'site-1001', backup: 'backup' } ] );
	// the server's own is another one
	expect( await play.shown() ).toBeNull();
} );

test( 'Switch Now signs in with the backup, and lets the mail of that route leave by it, and no other', async () => {
	play.server.signedIn = [];
	expect( await play.ended( 'switchRouteToBackup', { uid } ) ).toMatchObject( { state: 'succeeded' } );
	expect( play.server.signedIn ).toEqual( [ 'second@second.test smtp.second.test secret of second' ] );
	expect( passwd() ).toBe( second );
	expect( passwd( 2 ) ).toContain( 'secret of third' );
	expect( play.server.passwords() ).toBe( first );
	expect( play.server.passwords( 'routes' ) ).toContain( '@shop.test gw-1:[smtp.second.test]:587' );
	expect( await active() ).toMatchObject( {
		...{ why: 'by_hand', by: 'admin', first: 'smtp.first.test', back: 'by_hand' },
		...{ alignments: [ { domain: 'shop.test' } ], twice: { messages: 0, queueIds: [] } },
	} );
	expect( [ await active( other ), await play.shown() ] ).toEqual( [ null, null ] );
	expect( [ ( await play.row() )?.backup, ( await play.rowForCustomer() )?.backup ] ).toEqual( [ true, false ] );
	expect( await play.incidents() ).toMatchObject( [
		{ trouble: 'on_backup', detail: { why: 'by_hand', user: 'site-1001' } },
	] );
	expect( await play.route( uid, play.customerOnly ) ).toMatchObject( { account: null, backup: null } );
} );

test( 'while it sends by the backup, nothing else is chosen, and neither account is deleted', async () => {
	const refused = { code: 'sends_by_backup' };
	expect( await play.call( 'switchRouteToBackup', { uid } ) ).toMatchObject( refused );
	expect( await play.call( 'endRouteBackup', { uid } ) ).toMatchObject( refused );
	expect( await play.call( 'chooseRouteBackup', rules( { account: third } ) ) ).toMatchObject( refused );
	expect( [ await uses( play.second ), await uses( play.first ) ] ).toEqual( [
		[ { user: 'site-1001', backup: 'on_backup' } ],
		[ { user: 'site-1001', backup: 'first' } ],
	] );
	for ( const id of [ play.first, play.second ] ) {
		expect( await play.call( 'deleteAccount', { id } ) ).toHaveProperty( 'code' );
	}
} );

test( 'a look sees no difference, Reinstall keeps it, and so does another sender of the route', async () => {
	await play.look();
	expect( ( await play.view() ).connection?.lastLook?.mail?.differs ).toEqual( [] );
	await play.install( play.first, { note: 'again' } );
	await set( { account: { use: 'kept' }, senders: [ 'shop.test', 'more.test' ] } );
	expect( [ passwd(), ( await active() )?.why ] ).toEqual( [ second, 'by_hand' ] );
	expect( await play.incidents() ).toHaveLength( 1 );
} );

test( 'a new password of the backup reaches the route by Update Servers, one of the first when it goes back', async () => {
	const renew = ( id: string, name: string ) =>
		play.save( { id, name, password: { use: 'typed', value: `rotated ${ name }` } } );
	await renew( play.second, 'Second' );
	await play.db.updateTable( 'accounts' ).set( { provedAt: new Date(), provedBy: 'sign_in' } ).execute();
	expect( await play.call( 'updateServers', { id: play.second } ) ).toMatchObject( { started: 1 } );
	const { job } = await play.view();
	await play.site.untilEnded( play.serverId, job?.jobId ?? '' );
	expect( [ passwd(), ( await active() )?.why ] ).toEqual( [
		expect.stringContaining( 'rotated Second' ),
		'by_hand',
	] );
	await renew( play.first, 'First' );
	play.server.refused.add( 'smtp.first.test' );
	expect( await play.ended( 'switchRouteBack', { uid } ) ).toMatchObject( {
		...{ state: 'failed', error: { code: 'provider_login_refused', changed: 'nothing' } },
	} );
	expect( [ passwd(), ( await active() )?.why ] ).toEqual( [
		expect.stringContaining( 'rotated Second' ),
		'by_hand',
	] );
	play.server.refused.clear();
	expect( await play.ended( 'switchRouteBack', { uid } ) ).toMatchObject( { state: 'succeeded' } );
	expect( passwd() ).toBe( '[smtp.first.test]:587 first@first.test:rotated First\n' );
	expect( [ await active(), await play.incidents() ] ).toEqual( [ null, [] ] );
} );

test( 'what was typed for a route is gone back to, shown to its customer all along, and kept nowhere in the clear', async () => {
	await set( { account: typed } );
	await play.ended( 'switchRouteToBackup', { uid } );
	expect( await play.everythingKept() ).not.toContain( 'a typed secret' );
	const shown = {
		account: { smtpServer: 'smtp.typed.test', userName: 'shop@typed.test', saved: null },
		backup: null,
	};
	expect( await play.route( uid, play.customerOnly ) ).toMatchObject( shown );
	expect(
		await play.customer( 'setRoute', { uid, account: typed as never, senders: [ 'shop.test' ] } )
	).toMatchObject( {
		code: 'route_account_not_shown',
	} );
	await play.ended( 'switchRouteBack', { uid } );
	expect( passwd() ).toContain( 'a typed secret' );
	expect( await play.route( uid, play.customerOnly ) ).toMatchObject( shown );
} );
