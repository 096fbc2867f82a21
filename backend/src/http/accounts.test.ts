import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accountOf, defaultAccount, saveDefaults } from '../../test-fixtures/accounts.ts';
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

const values = { ...settings, note: '' };
const save = ( change: object, of = site ) =>
	of.call( 'saveAccount', { body: { account: accountOf( values, { isDefault: false, ...change } ) } } );
const named = async ( name: string ) => {
	const account = ( await site.call( 'readAccounts' ) ).body.accounts.find( ( one ) => one.name === name );
	if ( ! account ) {
		throw new Error( `there is no account ${ name }` );
	}
	return account;
};
/** As after a verified install. */
const install = async ( serverId: number, password: object ) => {
	const body = { settings: { ...settings, password } } as never;
	const asked = await site.call( 'installGateway', { serverId, body } );
	await site.untilEnded( serverId, asked.body.jobId );
	await backend.app.db
		.updateTable( 'servers' )
		.set( ( { ref } ) => ( { installedVersion: ref( 'submittedVersion' ) } ) )
		.where( 'serverId', '=', serverId )
		.execute();
	return asked;
};

describe( 'an account', () => {
	test( 'has a name of its own, in whatever case', async () => {
		expect( ( await save( { name: 'Mailgun', dailyLimit: 500 } ) ).body.accounts ).toMatchObject( [
			{ name: 'Mailgun', isDefault: false, dailyLimit: 500, version: 1, proved: null },
		] );
		expect( await save( { name: 'MAILGUN' } ) ).toMatchObject( {
			status: 409,
			body: { code: 'account_name_taken', data: { detail: { name: 'MAILGUN' } } },
		} );
		expect( ( await site.call( 'readAccounts' ) ).body.accounts ).toHaveLength( 1 );
	} );

	test.each( [ { name: ' ' }, { dailyLimit: 0 }, { smtpServer: 'smtp.example.com:587' } ] )(
		'is not saved with a value that means nothing: %j',
		async ( change ) => {
			expect( await save( { name: 'Other', ...change } ) ).toMatchObject( { body: { code: 'invalid_request' } } );
		}
	);

	test( 'is another version where servers would be given something else, and not for its name or limit', async () => {
		const { id } = await named( 'Mailgun' );
		const version = async ( change: object ) =>
			( await save( { id, name: 'Mailgun', password: { use: 'saved' }, ...change } ) ).body.accounts[ 0 ]
				?.version;
		expect( await version( { dailyLimit: 1000 } ) ).toBe( 1 );
		expect( await version( { smtpPort: 465 } ) ).toBe( 2 );
		expect( await version( { smtpPort: 465, password: { use: 'typed', value: 'rotated' } } ) ).toBe( 3 );
		expect( await version( { smtpPort: 587 } ) ).toBe( 4 );
	} );

	test( 'is of one site: another neither sees nor uses, changes or deletes it', async () => {
		const other = await backend.site( { siteUrl: 'https://other.example.com' } );
		const { id } = await named( 'Mailgun' );
		await connectServer( other, 1 );
		const gone = { status: 404, body: { code: 'not_found' } };
		expect( ( await other.call( 'readAccounts' ) ).body.accounts ).toEqual( [] );
		expect( await save( { id, name: 'Mine' }, other ) ).toMatchObject( gone );
		expect( await other.call( 'deleteAccount', { body: { id } } ) ).toMatchObject( gone );
		expect( await other.call( 'updateServers', { body: { id } } ) ).toMatchObject( gone );
		const body = { settings: { ...settings, password: { use: 'account', id } } } as const;
		expect( await other.call( 'installGateway', { serverId: 1, body } ) ).toMatchObject( gone );
		const target = { kind: 'email', to: 'a@example.com', from: 'b@example.com', account: id } as const;
		const channel = { id: null, name: '', target } as const;
		expect( await other.call( 'saveChannel', { body: channel } ) ).toMatchObject( gone );
	} );

	test( 'is given to a server by who may manage them, and to no customer', async () => {
		await connectServer( site, 1 );
		const { id } = await named( 'Mailgun' );
		const body = { settings: { ...settings, password: { use: 'account', id } } } as const;
		const asCustomer = { serverId: 1, body, actor: { may: [ 'run_gateway' ] as never } };
		for ( const name of [ 'installGateway', 'checkSettings', 'previewChanges' ] as const ) {
			expect( await site.call( name, asCustomer ) ).toMatchObject( { status: 403 } );
		}
		expect( ( await install( 1, { use: 'account', id } ) ).status ).toBe( 202 );
		expect( await named( 'Mailgun' ) ).toMatchObject( {
			usedBy: { servers: 1, withOlderValues: 0, listed: [ { serverId: 1, host: '203.0.113.7' } ] },
		} );
		const told = ( may: string[] ) => site.call( 'readAccounts', { actor: { may: may as never } } );
		expect( ( await told( [ 'manage_defaults' ] ) ).body.accounts[ 0 ]?.usedBy.listed ).toEqual( [] );
		expect( await told( [ 'manage_site' ] ) ).toMatchObject( { status: 403 } );
	} );

	test( 'that something uses is not deleted, and says what does', async () => {
		const { id } = await named( 'Mailgun' );
		const target = { kind: 'email', to: 'a@example.com', from: 'b@example.com', account: id } as const;
		const channel = { id: null, name: 'On call', target } as const;
		const without = { actor: { may: [ 'manage_site' ] as never } };
		expect( await site.call( 'saveChannel', { body: channel, ...without } ) ).toMatchObject( { status: 403 } );
		expect( ( await site.call( 'saveChannel', { body: channel } ) ).body.channels ).toMatchObject( [
			{ name: 'On call', shown: 'a@example.com', account: 'Mailgun' },
		] );
		expect( await site.call( 'deleteAccount', { body: { id } } ) ).toMatchObject( {
			status: 409,
			body: { code: 'account_in_use', data: { detail: { servers: 1, channels: 1 } } },
		} );
		expect( await named( 'Mailgun' ) ).toMatchObject( { usedBy: { channels: [ 'On call' ] } } );
	} );
} );

describe( 'Update Servers', () => {
	const rotate = async ( value: string ) => {
		const { id } = await named( 'Mailgun' );
		await save( { id, name: 'Mailgun', password: { use: 'typed', value } } );
		return id;
	};

	test( 'changes no server before the provider has accepted the present values', async () => {
		const id = await rotate( 'newer' );
		expect( await site.call( 'updateServers', { body: { id } } ) ).toMatchObject( {
			status: 409,
			body: { code: 'account_not_proved' },
		} );
	} );

	test( 'reinstalls those with older values, and names those that it cannot reach', async () => {
		await connectServer( site, 2 );
		const { id } = await named( 'Mailgun' );
		await install( 2, { use: 'account', id } );
		await rotate( 'newest' );
		const account = accountOf( values, { id, name: 'Mailgun', isDefault: false, password: { use: 'saved' } } );
		const { body } = await site.call( 'checkAccount', { body: { account } } );
		await site.untilEnded( body.serverId, body.jobId );
		expect( await named( 'Mailgun' ) ).toMatchObject( {
			proved: { by: 'sign_in' },
			usedBy: { servers: 2, withOlderValues: 2 },
		} );
		// the host key of one is another now
		const { db } = backend.app;
		await db.updateTable( 'servers' ).set( { hostKey: null } ).where( 'serverId', '=', 2 ).execute();
		const updated = ( await site.call( 'updateServers', { body: { id } } ) ).body;
		expect( updated ).toEqual( { started: 1, left: [ { serverId: 2, host: '203.0.113.7' } ] } );
		const versions = await db
			.selectFrom( 'settings' )
			.select( [ 'serverId', 'accountVersion' ] )
			.where( 'account', '=', id )
			.where( 'accountVersion', '=', ( await named( 'Mailgun' ) ).version )
			.execute();
		expect( versions ).toMatchObject( [ { serverId: 1 } ] );
	} );
} );

test( 'another default takes the mark, and ends what customers are offered', async () => {
	await saveDefaults( site, values );
	await site.call( 'offerIncludedGateway', { body: { customersMayUse: true } } );
	const { id } = await named( 'Mailgun' );
	const saved = await save( { id, name: 'Mailgun', isDefault: true, password: { use: 'saved' } } );
	expect( saved.body.customersMayUse ).toBe( false );
	expect( ( await defaultAccount( site ) )?.name ).toBe( 'Mailgun' );
	expect( saved.body.accounts.filter( ( { isDefault } ) => isDefault ) ).toHaveLength( 1 );
} );
