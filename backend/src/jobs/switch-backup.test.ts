import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startBackupServer, type BackupServer } from '../../test-fixtures/backup-server.ts';

let play: BackupServer;
beforeAll( async () => {
	play = await startBackupServer();
}, 120_000 );
afterAll( () => play.backend.stop() );

const rules = ( change: object = {} ) => ( {
	...{ account: play.second, automatic: false, atLimit: false, afterMinutes: 15 },
	...change,
} );

/** Where the list of accounts says that one is used, and as what of a backup. */
const usedAs = async ( account: string ) => {
	const { accounts } = ( await play.site.call( 'readAccounts' ) ).body;
	const { servers, listed } = accounts.find( ( { id } ) => id === account )?.usedBy ?? { servers: 0, listed: [] };
	return { servers, backups: listed.map( ( { serverId, backup } ) => [ serverId, backup ] ) };
};

test( 'needs a gateway, an account of this site, and another one than the first', async () => {
	expect( await play.call( 'chooseBackup', rules() ) ).toMatchObject( { code: 'gateway_not_installed' } );
	expect( await play.call( 'switchToBackup' ) ).toMatchObject( { code: 'not_found' } );
	await play.install( play.first );
	expect( await play.call( 'chooseBackup', rules( { account: play.first } ) ) ).toMatchObject( {
		code: 'same_account',
	} );
	expect( await play.call( 'chooseBackup', rules( { account: crypto.randomUUID() } ) ) ).toMatchObject( {
		code: 'not_found',
	} );
	expect( await play.call( 'chooseBackup', rules( { afterMinutes: 0 } ) ) ).toMatchObject( {
		code: 'invalid_request',
	} );
	expect( await play.shown() ).toBeNull();
} );

test( 'is chosen, and shown to who may manage the accounts only', async () => {
	expect( await play.call( 'chooseBackup', rules() ) ).toEqual( { saved: true } );
	expect( await play.shown() ).toMatchObject( { name: 'Second', smtpServer: 'smtp.second.test', active: null } );
	for ( const name of [ 'switchToBackup', 'switchBack', 'endBackup' ] as const ) {
		expect( await play.customer( name ) ).toMatchObject( { code: 'forbidden' } );
	}
	expect( await play.customer( 'chooseBackup', rules() ) ).toMatchObject( { code: 'forbidden' } );
	expect( await play.seenByCustomer() ).toBeNull();
} );

test( 'an account that is a backup is not deleted', async () => {
	expect( await play.call( 'deleteAccount', { id: play.second } ) ).toMatchObject( {
		code: 'account_is_backup',
		data: { detail: { servers: 1 } },
	} );
	expect( await usedAs( play.second ) ).toEqual( { servers: 1, backups: [ [ play.serverId, 'backup' ] ] } );
	expect( await usedAs( play.first ) ).toEqual( { servers: 1, backups: [ [ play.serverId, null ] ] } );
} );

test( 'Switch Now signs in with the backup, installs it, and says so', async () => {
	play.server.signedIn = [];
	expect( await play.ended( 'switchToBackup' ) ).toMatchObject( { state: 'succeeded' } );
	expect( play.server.signedIn ).toEqual( [ 'second@second.test smtp.second.test secret of second' ] );
	expect( play.server.passwords() ).toBe( '[smtp.second.test]:587 second@second.test:secret of second\n' );
	expect( ( await play.shown() )?.active ).toMatchObject( {
		...{ why: 'by_hand', by: 'admin', first: 'smtp.first.test', back: 'by_hand' },
		alignments: [ { domain: 'first.test' } ],
		twice: { messages: 0, queueIds: [] },
	} );
	expect( await play.row() ).toMatchObject( { backup: true } );
	expect( await play.incidents() ).toMatchObject( [ { trouble: 'on_backup' } ] );
	expect( await play.seenByCustomer() ).toBeNull();
	expect( ( await play.rowForCustomer() )?.backup ).toBe( false );
} );

test( 'while it sends by the backup, nothing else is chosen', async () => {
	expect( await play.call( 'switchToBackup' ) ).toMatchObject( { code: 'sends_by_backup' } );
	expect( await play.call( 'endBackup' ) ).toMatchObject( { code: 'sends_by_backup' } );
	expect( await play.call( 'chooseBackup', rules( { account: play.first } ) ) ).toMatchObject( {
		code: 'sends_by_backup',
	} );
	expect( await usedAs( play.second ) ).toEqual( { servers: 1, backups: [ [ play.serverId, 'on_backup' ] ] } );
	// and what it goes back to is not deleted either
	expect( await usedAs( play.first ) ).toEqual( { servers: 1, backups: [ [ play.serverId, 'first' ] ] } );
	expect( await play.call( 'deleteAccount', { id: play.first } ) ).toMatchObject( { code: 'account_is_backup' } );
} );

test( 'Switch Back changes nothing while the first does not let us in', async () => {
	play.server.refused.add( 'smtp.first.test' );
	expect( await play.ended( 'switchBack' ) ).toMatchObject( {
		state: 'failed',
		error: { code: 'provider_login_refused', changed: 'nothing' },
	} );
	expect( play.server.passwords() ).toContain( 'secret of second' );
	expect( ( await play.shown() )?.active ).toMatchObject( { why: 'by_hand' } );
	expect( ( await play.view() ).gateway.submittedIsInstalled ).toBe( true );
	play.server.refused.clear();
} );

test( 'it goes back to what the first account is by now', async () => {
	await play.save( { id: play.first, name: 'First', password: { use: 'typed', value: 'rotated' } } );
	expect( await play.ended( 'switchBack' ) ).toMatchObject( { state: 'succeeded' } );
	expect( play.server.passwords() ).toBe( '[smtp.first.test]:587 first@first.test:rotated\n' );
	expect( ( await play.shown() )?.active ).toBeNull();
	expect( [ await play.row(), await play.incidents() ] ).toMatchObject( [ { backup: false }, [] ] );
	expect( await play.call( 'switchBack' ) ).toMatchObject( { code: 'not_found' } );
} );

test( 'a password that was typed is gone back to, too, and kept nowhere in the clear', async () => {
	await play.installTyped( 'a typed secret' );
	await play.ended( 'switchToBackup' );
	expect( await play.everythingKept() ).not.toContain( 'a typed secret' );
	await play.ended( 'switchBack' );
	expect( play.server.passwords() ).toContain( 'a typed secret' );
	await play.install( play.first );
} );

test( 'a customer with the included gateway notices nothing, and ends nothing by reinstalling it', async () => {
	await play.call( 'offerIncludedGateway', { customersMayUse: true } );
	expect( await play.includedForCustomer() ).toBe( 'in_use' );
	await play.ended( 'switchToBackup' );
	expect( await play.includedForCustomer() ).toBe( 'in_use' );
	expect( await play.endedByCustomer( 'useIncludedGateway' ) ).toMatchObject( { state: 'succeeded' } );
	expect( play.server.passwords() ).toContain( 'secret of second' );
	expect( ( await play.shown() )?.active ).toMatchObject( { why: 'by_hand' } );
	await play.ended( 'switchBack' );
	expect( play.server.passwords() ).toContain( 'smtp.first.test' );
} );

test( 'a reinstall with the same account stays on the backup, one with another ends it', async () => {
	await play.ended( 'switchToBackup' );
	await play.install( play.second, { note: 'again' } );
	expect( ( await play.shown() )?.active ).toMatchObject( { why: 'by_hand' } );
	await play.install( play.first );
	expect( ( await play.shown() )?.active ).toBeNull();
	expect( await play.incidents() ).toEqual( [] );
} );

test( 'a password that a former owner typed is not gone back to', async () => {
	const owned = ( owner: number ) => play.site.call( 'readServer', { serverId: play.serverId, actor: { owner } } );
	await owned( 5 );
	await play.installTyped( 'of the former owner' );
	await play.ended( 'switchToBackup' );
	await owned( 6 );
	expect( [ ( await play.shown() )?.active, await play.incidents() ] ).toEqual( [ null, [] ] );
	expect( await play.call( 'switchBack' ) ).toMatchObject( { code: 'not_found' } );
	expect( play.server.passwords() ).toContain( 'secret of second' );
	await play.install( play.first );
} );

test( 'the audit tells who switched, and Remove Email Gateway ends it', async () => {
	await play.ended( 'switchToBackup' );
	const { entries } = ( await play.site.call( 'readAudit', { serverId: play.serverId } ) ).body;
	expect( entries.map( ( { action, detail } ) => [ action, detail ] ) ).toEqual(
		expect.arrayContaining( [
			[ 'backup_chosen', expect.objectContaining( { name: 'Second' } ) ],
			[ 'job_asked', expect.objectContaining( { backup: 'switch', why: 'by_hand' } ) ],
			[ 'job_asked', expect.objectContaining( { backup: 'back' } ) ],
		] )
	);
	await play.ended( 'removeGateway' );
	expect( [ await play.shown(), await play.incidents() ] ).toEqual( [ null, [] ] );
	expect( ( await play.call( 'deleteAccount', { id: play.second } ) ) as object ).toHaveProperty( 'accounts' );
} );
