import { defaultAccount, saveDefaults } from '../../test-fixtures/accounts.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';

let backend: TestBackend;
let site: SiteClient;
beforeAll( async () => {
	backend = await startBackend( { tools: makeFakeTools().tools } );
	site = await backend.site();
}, 120_000 );
afterAll( () => backend.stop() );

const secrets = async ( table: string ) =>
	( await backend.app.db.selectFrom( 'secrets' ).select( 'rowId' ).where( 'tableName', '=', table ).execute() )
		.length;
/** Asks for an install, and notes how it would have ended on a real server. */
const install = async ( serverId: number, password: object = settings.password ) => {
	const body = { settings: { ...settings, password }, consents: [] } as never;
	const asked = await site.call( 'installGateway', { serverId, body } );
	await site.untilEnded( serverId, asked.body.jobId );
	await setInstalled( serverId, true );
};
const setInstalled = ( serverId: number, is: boolean ) =>
	backend.app.db
		.updateTable( 'servers' )
		.set( ( { ref } ) => ( { installedVersion: is ? ref( 'submittedVersion' ) : null } ) )
		.where( 'serverId', '=', serverId )
		.execute();

describe( 'what is saved for a reinstall', () => {
	test( 'stays while the gateway is installed; after Remove it can be deleted, user name and all', async () => {
		await connectServer( site, 3 );
		expect( ( await site.call( 'deleteCredentials', { serverId: 3 } ) ).body ).toEqual( { deleted: false } );
		await install( 3 );
		expect( await site.call( 'deleteCredentials', { serverId: 3 } ) ).toMatchObject( {
			status: 409,
			body: { code: 'gateway_still_installed' },
		} );
		await setInstalled( 3, false );
		const before = await site.call( 'readServer', { serverId: 3 } );
		expect( before.body.gateway ).toMatchObject( { installed: null, passwordSaved: true } );
		expect( ( await site.call( 'deleteCredentials', { serverId: 3 } ) ).body ).toEqual( { deleted: true } );
		const after = await site.call( 'readServer', { serverId: 3 } );
		expect( after.body.gateway ).toMatchObject( { submitted: null, passwordSaved: false } );
		expect( await secrets( 'settings' ) ).toBe( 0 );
		const rows = await backend.app.db.selectFrom( 'settings' ).select( 'id' ).where( 'serverId', '=', 3 ).execute();
		expect( rows ).toEqual( [] );
		const audit = await site.call( 'readAudit', { serverId: 3 } );
		expect( audit.body.entries[ 0 ] ).toMatchObject( { action: 'credentials_deleted' } );
	} );

	test( 'the same settings can be installed again, and need their password', async () => {
		const kept = { ...settings, password: { use: 'saved' } };
		const refused = await site.call( 'installGateway', { serverId: 3, body: { settings: kept } as never } );
		expect( refused.body ).toMatchObject( { code: 'password_required' } );
		await install( 3 );
		const { body } = await site.call( 'readServer', { serverId: 3 } );
		expect( body.gateway ).toMatchObject( { submitted: { version: 1 }, passwordSaved: true } );
	} );
} );

describe( 'the default account', () => {
	const save = () => saveDefaults( site, settings );
	const del = async ( more: object = {} ) =>
		site.call( 'deleteAccount', { body: { id: String( ( await defaultAccount( site ) )?.id ) }, ...more } );

	test( 'can be deleted by who manages them, and are offered to nobody then', async () => {
		await save();
		await site.call( 'offerIncludedGateway', { body: { customersMayUse: true } } );
		const asCustomer = { actor: { may: [ 'run_gateway' ] as never } };
		expect( await del( asCustomer ) ).toMatchObject( { status: 403 } );
		expect( ( await del() ).body ).toEqual( { accounts: [], customersMayUse: false } );
		expect( await secrets( 'accounts' ) ).toBe( 0 );
		const noted = await backend.app.db
			.selectFrom( 'audit' )
			.select( 'action' )
			.where( 'action', '=', 'account_deleted' )
			.execute();
		expect( noted ).toHaveLength( 1 );
	} );

	test( 'stays as long as a server has it', async () => {
		await save();
		await connectServer( site, 4 );
		await install( 4, { use: 'default' } );
		expect( await del() ).toMatchObject( {
			status: 409,
			body: { code: 'account_in_use', data: { detail: { servers: 1, channels: 0 } } },
		} );
		expect( await secrets( 'accounts' ) ).toBe( 1 );
	} );
} );
