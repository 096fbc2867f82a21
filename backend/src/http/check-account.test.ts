import { accountOf, defaultAccount, saveDefaults } from '../../test-fixtures/accounts.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { PreflightInput } from '../mail/preflight.ts';

const asked: PreflightInput[] = [];
let backend: TestBackend;
let site: SiteClient;
beforeAll( async () => {
	const { checkProvider: look } = makeFakeTools().tools;
	const { tools } = makeFakeTools( {
		checkProvider: ( remote, input ) => {
			asked.push( input );
			return look( remote, input );
		},
	} );
	backend = await startBackend( { tools } );
	site = await backend.site();
}, 120_000 );
afterAll( () => backend.stop() );

const { password: typed, ...visible } = settings;
const check = ( password: object = typed, more: object = {} ) =>
	site.call( 'checkAccount', {
		body: { account: accountOf( { ...visible, password: password as never } ) },
		...more,
	} );
/** What is saved, with what is changed. */
const checkSaved = async ( change: object = {} ) => {
	const id = ( await defaultAccount( site ) )?.id ?? null;
	const account = accountOf( { ...visible, password: { use: 'saved' } }, { id, ...change } );
	return site.call( 'checkAccount', { body: { account } } );
};

describe( 'Check Settings for an account', () => {
	test( 'says where there is no server to look from', async () => {
		expect( await check() ).toMatchObject( { status: 409, body: { code: 'no_server_to_look_from' } } );
	} );

	test( 'says where another plugin keeps the servers, so that none can be reached from here', async () => {
		const privateKey = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n';
		const from = { from: 'wpclouddeploy', host: '203.0.113.8', sshPort: 22, sshUser: 'root' } as const;
		const connection = { ...from, privateKey, passphrase: null };
		const { status } = await site.call( 'checkConnection', { serverId: 2, connection } );
		expect( status ).toBe( 202 );
		expect( await check() ).toMatchObject( {
			body: { code: 'no_server_to_look_from', data: { detail: { keptBy: 'wpclouddeploy' } } },
		} );
	} );

	test( 'is for those who may manage them', async () => {
		expect( await check( typed, { actor: { may: [ 'run_gateway' ] as never } } ) ).toMatchObject( { status: 403 } );
	} );

	test( 'looks from a server that may be given them, with what is typed', async () => {
		await connectServer( site, 3 );
		const { status, body } = await check();
		expect( { status, body } ).toMatchObject( { status: 202, body: { serverId: 3, host: '203.0.113.7' } } );
		const { job } = await site.untilEnded( 3, body.jobId );
		expect( job ).toMatchObject( { state: 'succeeded', result: { verb: 'check_settings', login: 'accepted' } } );
		expect( asked.at( -1 )?.password.reveal() ).toBe( typed.value );
	} );

	test( 'uses the saved password only for the server and user it was saved with', async () => {
		expect( await check( { use: 'saved' } ) ).toMatchObject( { status: 422, body: { code: 'password_required' } } );
		const saved = { ...visible, password: { use: 'typed', value: 'default-secret' } as const };
		await saveDefaults( site, saved );
		expect( ( await defaultAccount( site ) )?.proved ).toBeNull();
		const { body } = await checkSaved();
		await site.untilEnded( 3, body.jobId );
		expect( asked.at( -1 )?.password.reveal() ).toBe( 'default-secret' );
		expect( await checkSaved( { smtpServer: 'smtp.evil.example' } ) ).toMatchObject( {
			status: 422,
			body: { code: 'password_required' },
		} );
	} );

	test( 'proves what is saved, and nothing that was saved or typed otherwise', async () => {
		expect( ( await defaultAccount( site ) )?.proved ).toMatchObject( { by: 'sign_in' } );
		await saveDefaults( site, { ...visible, password: { use: 'typed', value: 'rotated-secret' } } );
		expect( ( await defaultAccount( site ) )?.proved ).toBeNull();
		for ( const change of [ { smtpPort: 2525 }, { password: { use: 'typed', value: 'another' } } ] ) {
			const { body } = await checkSaved( change );
			await site.untilEnded( 3, body.jobId );
			expect( ( await defaultAccount( site ) )?.proved ).toBeNull();
		}
	} );

	test( 'a customer who owns that server is not told what was seen', async () => {
		const { body } = await checkSaved();
		await site.untilEnded( 3, body.jobId );
		const told = await site.call( 'readJob', {
			serverId: 3,
			jobId: body.jobId,
			actor: { may: [ 'run_gateway' ] as never },
		} );
		expect( JSON.stringify( told.body ) ).not.toContain( visible.smtpServer );
		expect( told.body.job.result ).toMatchObject( { ports: [], sender: null } );
	} );
} );
