import { saveDefaults } from '../../test-fixtures/accounts.ts';
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

const { tools, targets } = makeFakeTools();
let backend: TestBackend;
let site: SiteClient;
beforeAll( async () => {
	backend = await startBackend( { tools } );
	site = await backend.site();
}, 120_000 );
afterAll( () => backend.stop() );

const install = ( serverId: number, change: Record< string, unknown > ) =>
	site.call( 'installGateway', { serverId, body: { settings: { ...settings, ...change } } } );
const saved = { password: { use: 'saved' } } as const;

describe( 'a saved mail password', () => {
	test( 'is reused for the server and user it was saved with, and for no other', async () => {
		await connectServer( site, 1 );
		expect( ( await install( 1, saved ) ).body ).toMatchObject( {
			code: 'password_required',
			data: { status: 422 },
		} );
		const first = await install( 1, {} );
		await site.untilEnded( 1, first.body.jobId );
		expect( ( await site.call( 'readServer', { serverId: 1 } ) ).body.gateway ).toMatchObject( {
			passwordSaved: true,
			submittedIsInstalled: false,
		} );
		expect( ( await install( 1, { ...saved, smtpPort: 2525, note: 'other port' } ) ).status ).toBe( 202 );
		for ( const change of [
			{ smtpServer: 'mine.example.net' },
			{ userName: 'someone@else.example' },
			{ caCertificate: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
		] ) {
			expect( await install( 1, { ...saved, ...change } ) ).toMatchObject( {
				status: 422,
				body: { code: 'password_required' },
			} );
		}
	} );

	test( 'does not go along when a customer points the server elsewhere', async () => {
		await connectServer( site, 2 );
		await site.untilEnded( 2, ( await install( 2, {} ) ).body.jobId );
		const actor = { may: [ 'change_connection', 'run_gateway' ] as never };
		await site.call( 'saveConnection', {
			serverId: 2,
			actor,
			body: { connection: { ...connection, host: '198.51.100.9' } },
		} );
		expect( ( await site.call( 'readServer', { serverId: 2 } ) ).body.gateway.passwordSaved ).toBe( false );
	} );
} );

describe( 'a saved sign-in', () => {
	const useSaved = { ...connection, signIn: { kind: 'password', password: { use: 'saved' } } } as const;

	test( 'is kept with the trust while host, port and user stay', async () => {
		await connectServer( site, 3 );
		const { body } = await site.call( 'saveConnection', { serverId: 3, body: { connection: useSaved } } );
		expect( await site.untilEnded( 3, body.jobId ) ).toMatchObject( { job: { state: 'succeeded' } } );
	} );

	test.each( [ { host: '198.51.100.1' }, { sshPort: 2222 }, { sshUser: 'deploy' } ] )(
		'is dropped with the trust by %j',
		async ( change ) => {
			await connectServer( site, 4 );
			const asked = await site.call( 'saveConnection', {
				serverId: 4,
				body: { connection: { ...useSaved, ...change } },
			} );
			expect( asked ).toMatchObject( { status: 422, body: { code: 'sign_in_required' } } );
			// refused, so nothing changed
			expect( ( await site.call( 'readServer', { serverId: 4 } ) ).body.connection ).toMatchObject( {
				host: connection.host,
				hostKey: { state: 'trusted' },
			} );
			const typed = await site.call( 'saveConnection', {
				serverId: 4,
				body: { connection: { ...connection, ...change } },
			} );
			await site.untilEnded( 4, typed.body.jobId );
			expect( targets.at( -1 ) ).toMatchObject( { pinnedFingerprint: null } );
			expect( ( await site.call( 'readServer', { serverId: 4 } ) ).body.connection ).toMatchObject( {
				hostKey: { state: 'unknown' },
			} );
			await site.untilEnded(
				4,
				( await site.call( 'saveConnection', { serverId: 4, body: { connection } } ) ).body.jobId
			);
		}
	);
} );

describe( 'secrets', () => {
	const secretsUsed = [ 'ssh-secret', 'mail-secret', 'default-secret', 'BEGIN OPENSSH PRIVATE KEY' ];

	test( 'are nowhere in the clear: not in any table, the queue included, and not in the log', async () => {
		const { app } = backend;
		await site
			.call( 'previewChanges', { serverId: 1, body: { settings } } )
			.then( ( { body } ) => site.untilEnded( 1, body.jobId ) );
		const everything: string[] = [];
		for ( const { name, schema } of await app.db.introspection.getTables( { withInternalKyselyTables: true } ) ) {
			const rows = await app.db
				.withSchema( schema ?? 'public' )
				.selectFrom( name as 'jobs' )
				.selectAll()
				.execute();
			everything.push( JSON.stringify( rows ) );
		}
		expect( everything.join( '' ) ).toContain( 'server_jobs' );
		for ( const secret of secretsUsed ) {
			expect( everything.join( '' ) ).not.toContain( secret );
			expect( backend.logged() ).not.toContain( secret );
		}
	} );

	test( 'are in no answer', async () => {
		const answers = [
			await site.call( 'readServer', { serverId: 1 } ),
			await site.call( 'readAccounts' ),
			await saveDefaults( site, { ...settings, password: { use: 'typed', value: secretsUsed[ 0 ] as string } } ),
			await saveDefaults( site, { ...settings, password: { use: 'saved' } } ),
		];
		for ( const secret of secretsUsed ) {
			expect( JSON.stringify( answers ) ).not.toContain( secret );
		}
	} );

	test( 'of a job are gone when it has ended, and of a server when it is forgotten', async () => {
		const left = await backend.app.db
			.selectFrom( 'secrets' )
			.select( 'tableName' )
			.where( 'tableName', '=', 'jobs' )
			.execute();
		expect( left ).toEqual( [] );
		const { id } = await backend.app.db
			.selectFrom( 'servers' )
			.select( 'id' )
			.where( 'serverId', '=', 1 )
			.executeTakeFirstOrThrow();
		expect( ( await site.call( 'forgetServer', { serverId: 1 } ) ).body ).toEqual( { leftBehind: false } );
		const kept = await backend.app.db.selectFrom( 'secrets' ).select( 'rowId' ).where( 'rowId', '=', id ).execute();
		expect( kept ).toEqual( [] );
		expect( ( await site.call( 'readServer', { serverId: 1 } ) ).body ).toMatchObject( {
			connection: null,
			job: null,
		} );
	} );
} );
