import { defaultAccount, saveDefaults } from '../../test-fixtures/accounts.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
	connection,
	connectServer,
	settings,
	startBackend,
	type TestBackend,
} from '../../test-fixtures/test-backend.ts';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';

const { tools } = makeFakeTools();
let backend: TestBackend;
let site: SiteClient;
beforeAll( async () => {
	backend = await startBackend( { tools } );
	site = await backend.site();
}, 120_000 );
afterAll( () => backend.stop() );

const install = ( serverId: number, change: Record< string, unknown > ) =>
	site.call( 'installGateway', { serverId, body: { settings: { ...settings, ...change } } } );

describe( 'the defaults', () => {
	const { note: _note, ...defaults } = {
		...settings,
		note: '',
		password: { use: 'typed', value: 'default-secret' },
	} as const;
	const useDefault = { password: { use: 'default' } } as const;

	test( 'are not there before somebody saved them', async () => {
		await connectServer( site, 5 );
		expect( await install( 5, useDefault ) ).toMatchObject( { status: 422, body: { code: 'no_defaults_saved' } } );
	} );

	test( 'go to servers that were connected and trusted by someone who may manage them', async () => {
		expect( ( await saveDefaults( site, defaults ) ).body.accounts[ 0 ] ).toMatchObject( {
			version: 1,
			smtpServer: settings.smtpServer,
		} );
		expect( ( await install( 5, useDefault ) ).status ).toBe( 202 );
		expect( await install( 5, { ...useDefault, smtpServer: 'mine.example.net' } ) ).toMatchObject( {
			status: 422,
			body: { code: 'password_required' },
		} );
	} );

	test( 'are not told to a customer who runs a gateway with them', async () => {
		const asCustomer = { serverId: 5, actor: { may: [ 'run_gateway' ] as never } };
		const { body } = await site.call( 'readServer', { serverId: 5 } );
		expect( JSON.stringify( body ) ).toContain( settings.smtpServer );
		const told = await site.call( 'readServer', asCustomer );
		expect( told.body.gateway ).toMatchObject( { submitted: null, installed: null, passwordSaved: false } );
		expect( told.body ).toMatchObject( { defaultsSaved: false, accounts: [] } );
		expect( body.accounts ).toMatchObject( [ { isDefault: true, smtpServer: settings.smtpServer } ] );
		const preview = await site.call( 'previewChanges', {
			serverId: 5,
			body: { settings: { ...settings, ...useDefault } },
		} );
		await site.untilEnded( 5, preview.body.jobId );
		const job = await site.call( 'readJob', { ...asCustomer, jobId: preview.body.jobId } );
		expect( job.body.job ).toMatchObject( { state: 'succeeded', result: { plan: [] } } );
		expect( JSON.stringify( [ told.body, job.body ] ) ).not.toContain( settings.smtpServer );
	} );

	test( 'are not told by a preview that an administrator asked for before any install', async () => {
		await connectServer( site, 9 );
		const preview = await site.call( 'previewChanges', {
			serverId: 9,
			body: { settings: { ...settings, ...useDefault } },
		} );
		await site.untilEnded( 9, preview.body.jobId );
		const asCustomer = { serverId: 9, actor: { may: [ 'run_gateway' ] as never } };
		const told = [
			await site.call( 'readServer', asCustomer ),
			await site.call( 'readJob', { ...asCustomer, jobId: preview.body.jobId } ),
		];
		expect( told.map( ( { status } ) => status ) ).toEqual( [ 200, 200 ] );
		expect( JSON.stringify( told ) ).not.toContain( settings.smtpServer );
	} );

	test( 'are not found in old jobs once the customer has credentials of their own', async () => {
		const asCustomer = { serverId: 9, actor: { may: [ 'run_gateway' ] as never } };
		const { id } = await backend.app.db
			.selectFrom( 'servers' )
			.selectAll()
			.where( 'serverId', '=', 9 )
			.executeTakeFirstOrThrow();
		const settle = async ( jobId: string, version: number ) => {
			await site.untilEnded( 9, jobId );
			// as after a verified apply
			const error = null;
			await backend.app.db
				.updateTable( 'jobs' )
				.set( { state: 'succeeded', error } )
				.where( 'id', '=', jobId )
				.execute();
			await backend.app.db
				.updateTable( 'servers' )
				.set( { installedVersion: version } )
				.where( 'id', '=', id )
				.execute();
		};
		await settle( ( await install( 9, useDefault ) ).body.jobId, 1 );
		const preview = await site.call( 'previewChanges', { serverId: 9, body: { settings } } );
		await site.untilEnded( 9, preview.body.jobId );
		const own = { ...settings, smtpServer: 'mine.example.net' };
		await settle( ( await install( 9, own ) ).body.jobId, 2 );
		const later = await site.call( 'previewChanges', { serverId: 9, body: { settings: own } } );
		await site.untilEnded( 9, later.body.jobId );
		const read = async ( jobId: string ) =>
			JSON.stringify( ( await site.call( 'readJob', { ...asCustomer, jobId } ) ).body );
		expect( await read( preview.body.jobId ) ).not.toContain( settings.smtpServer );
		expect( await read( later.body.jobId ) ).toContain( 'mine.example.net' );
	} );

	test( 'cannot be guessed: a customer’s right guess is refused like a wrong one', async () => {
		const actor = { may: [ 'run_gateway' ] as never };
		const guess = ( userName: string, use: 'saved' | 'default' ) =>
			site.call( 'installGateway', {
				serverId: 5,
				actor,
				body: { settings: { ...settings, userName, password: { use } } },
			} );
		for ( const use of [ 'saved', 'default' ] as const ) {
			const right = await guess( settings.userName, use );
			expect( right ).toEqual( await guess( 'someone@else.example', use ) );
			expect( right ).toMatchObject( { status: 409, body: { code: 'account_not_shown' } } );
		}
	} );

	test( 'changed since are told of a server that has the older ones, until it is reinstalled', async () => {
		const isOlder = async () =>
			( await site.call( 'readServer', { serverId: 5 } ) ).body.gateway.account?.hasOlderValues;
		const reinstall = async () => {
			await site.untilEnded( 5, ( await install( 5, useDefault ) ).body.jobId );
			// the faked server cannot verify; what counts here is which version it has
			await backend.app.db
				.updateTable( 'servers' )
				.set( ( { ref } ) => ( { installedVersion: ref( 'submittedVersion' ) } ) )
				.where( 'serverId', '=', 5 )
				.execute();
		};
		await reinstall();
		expect( await isOlder() ).toBe( false );
		await saveDefaults( site, { ...defaults, smtpPort: 2525 } );
		expect( await isOlder() ).toBe( true );
		expect( ( await defaultAccount( site ) )?.usedBy ).toMatchObject( { servers: 1, withOlderValues: 1 } );
		await reinstall();
		expect( await isOlder() ).toBe( false );
	} );

	test( 'do not go to a server whose connection a customer set', async () => {
		const actor = { may: [ 'change_connection', 'run_gateway' ] as never };
		const asked = await site.call( 'saveConnection', { serverId: 5, actor, body: { connection } } );
		await site.untilEnded( 5, asked.body.jobId );
		expect( await install( 5, useDefault ) ).toMatchObject( { status: 403, body: { code: 'forbidden' } } );
	} );

	test( 'keep their password only for the server and user it was saved with', async () => {
		const again = { ...defaults, password: { use: 'saved' } } as const;
		expect( ( await saveDefaults( site, { ...again, smtpPort: 465 } ) ).status ).toBe( 200 );
		expect( await saveDefaults( site, { ...again, userName: 'other' } ) ).toMatchObject( {
			status: 422,
			body: { code: 'password_required' },
		} );
	} );
} );
