import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Actor, SuppliedConnection } from '@email-gateway/shared';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fakeFingerprint, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connection as typed, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { leadsTo } from '../servers/address.ts';
import type { Tools } from '../jobs/tools.ts';

const secret = 'THE-KEY-OF-THE-PANEL';
const connection: SuppliedConnection = {
	from: 'wpclouddeploy',
	host: '203.0.113.7',
	sshPort: 22,
	sshUser: 'root',
	privateKey: `-----BEGIN PRIVATE KEY-----\n${ secret }\n-----END PRIVATE KEY-----\n`,
	passphrase: 'its-passphrase',
};
const moved = { ...connection, host: '203.0.113.99' };
const customer: Partial< Actor > = { login: 'customer', may: [ 'run_gateway' ] };

let backend: TestBackend;
let site: SiteClient;
let fake = makeFakeTools();
const proxy = new Proxy( {} as Tools, { get: ( _target, name ) => fake.tools[ name as keyof Tools ] } );
beforeAll( async () => {
	backend = await startBackend( { tools: proxy } );
	site = await backend.site();
	await site.call( 'saveDefaults', { body: { defaults: { ...settings, note: '' } } } );
}, 120_000 );
afterAll( () => backend.stop() );
beforeEach( () => {
	fake = makeFakeTools();
} );

const check = async ( serverId: number, supplied = connection, actor: Partial< Actor > = {} ) => {
	const { body } = await site.call( 'checkConnection', { serverId, connection: supplied, actor } );
	return ( await site.untilEnded( serverId, body.jobId ) ).job;
};
const trust = async ( serverId: number, supplied = connection, actor: Partial< Actor > = {} ) => {
	const body = { fingerprint: fakeFingerprint };
	const answer = await site.call( 'trustHostKey', { serverId, body, connection: supplied, actor } );
	return answer.status === 202 ? ( await site.untilEnded( serverId, answer.body.jobId ) ).job : answer;
};
const rowOf = ( serverId: number ) =>
	backend.app.db.selectFrom( 'servers' ).selectAll().where( 'serverId', '=', serverId ).executeTakeFirstOrThrow();
const sealed = async () =>
	( await backend.app.db.selectFrom( 'secrets' ).selectAll().execute() ).filter(
		( { tableName: table, field } ) => table === 'jobs' || ( table === 'servers' && field !== 'managed_key' )
	);

describe( 'a server whose connection another plugin keeps', () => {
	test( 'waits for trust at first contact, and is then signed in to with the key that came along', async () => {
		expect( await check( 1 ) ).toMatchObject( { state: 'failed', error: { code: 'host_key_unknown' } } );
		const install = { serverId: 1, connection, body: { settings } };
		expect( ( await site.call( 'installGateway', install ) ).body ).toMatchObject( {
			code: 'host_key_not_trusted',
		} );
		expect( await trust( 1 ) ).toMatchObject( { state: 'succeeded' } );

		const target = fake.targets.at( -1 );
		expect( target ).toMatchObject( { host: connection.host, user: 'root', signIn: { kind: 'key' } } );
		const signIn = target?.signIn as { privateKey: { reveal(): string }; passphrase: { reveal(): string } };
		expect( [ signIn.privateKey.reveal(), signIn.passphrase.reveal() ] ).toEqual( [
			connection.privateKey,
			connection.passphrase,
		] );
		expect( ( await site.call( 'readServer', { serverId: 1 } ) ).body.connection ).toMatchObject( {
			host: connection.host,
			signIn: 'supplied',
			hostKey: { state: 'trusted' },
		} );
	}, 120_000 );

	test( 'has its key sealed with the job while it runs, and nowhere after it has ended', async () => {
		await check( 2 );
		await trust( 2 );
		const reached = Promise.withResolvers< void >();
		const gate = Promise.withResolvers< void >();
		fake = makeFakeTools( {
			look: async () => {
				reached.resolve();
				await gate.promise;
				throw new Error( 'a fault' );
			},
		} );
		const { body } = await site.call( 'previewChanges', { serverId: 2, connection, body: { settings } } );
		await reached.promise;
		expect( ( await sealed() ).map( ( { rowId: id, field } ) => [ id, field ] ).sort() ).toEqual( [
			[ body.jobId, 'connection' ],
			[ body.jobId, 'password' ],
		] );
		gate.resolve();
		await site.untilEnded( 2, body.jobId );
		expect( await sealed() ).toEqual( [] );

		const folder = join( backend.folder, 'data', 'database' );
		const files = readdirSync( folder, { recursive: true, withFileTypes: true } ).filter( ( file ) =>
			file.isFile()
		);
		expect( files.length ).toBeGreaterThan( 100 );
		const holding = files.filter( ( { parentPath, name } ) =>
			readFileSync( join( parentPath, name ) ).includes( secret )
		);
		expect( holding ).toEqual( [] );
		expect( backend.logged() ).not.toContain( secret );
	}, 120_000 );

	test( 'a job that is cancelled while it waits leaves no key behind either', async () => {
		await check( 3 );
		await trust( 3 );
		const gate = Promise.withResolvers< void >();
		const { tools } = makeFakeTools();
		fake = makeFakeTools( { look: ( ...given ) => gate.promise.then( () => tools.look( ...given ) ) } );
		const mail = { from: 'a@example.com', to: 'b@example.com' };
		const first = await site.call( 'previewChanges', { serverId: 3, connection, body: { settings } } );
		const second = await site.call( 'checkSettings', { serverId: 3, connection, body: { settings } } );
		expect( ( await site.call( 'sendTestEmail', { serverId: 3, connection, body: mail } ) ).status ).toBe( 409 );
		await site.call( 'cancelJob', { serverId: 3, jobId: second.body.jobId } );
		expect( ( await sealed() ).filter( ( { rowId: id } ) => id === second.body.jobId ) ).toEqual( [] );
		gate.resolve();
		await site.untilEnded( 3, first.body.jobId );
		expect( await sealed() ).toEqual( [] );
	}, 120_000 );

	test( 'stops when its address changes, until who may change a connection takes the new one and trusts it', async () => {
		await check( 4 );
		await trust( 4 );
		const install = { serverId: 4, connection: moved, body: { settings } };
		for ( const actor of [ {}, customer ] ) {
			expect( await site.call( 'installGateway', { ...install, actor } ) ).toMatchObject( {
				status: 409,
				body: {
					code: 'server_address_changed',
					data: { detail: { was: connection.host, becomes: moved.host } },
				},
			} );
		}
		expect( await trust( 4, moved ) ).toMatchObject( { body: { code: 'server_address_changed' } } );
		expect( await rowOf( 4 ) ).toMatchObject( { host: connection.host, hostKey: { state: 'trusted' } } );
		expect(
			await site.call( 'checkConnection', { serverId: 4, connection: moved, actor: customer } )
		).toMatchObject( {
			status: 403,
		} );

		expect( await check( 4, moved ) ).toMatchObject( { error: { code: 'host_key_unknown' } } );
		expect( await rowOf( 4 ) ).toMatchObject( { host: moved.host, hostKey: { state: 'unknown' } } );
		expect( ( await site.call( 'installGateway', install ) ).body ).toMatchObject( {
			code: 'host_key_not_trusted',
		} );
		expect( await trust( 4, moved ) ).toMatchObject( { state: 'succeeded' } );
	}, 120_000 );

	test( 'stops when its host key changes', async () => {
		await check( 5 );
		await trust( 5 );
		fake = makeFakeTools( {}, { fingerprint: `SHA256:${ 'B'.repeat( 43 ) }` } );
		expect( await check( 5 ) ).toMatchObject( { error: { code: 'host_key_changed' } } );
		expect(
			( await site.call( 'installGateway', { serverId: 5, connection, body: { settings } } ) ).body
		).toMatchObject( {
			code: 'host_key_changed',
		} );
	}, 120_000 );

	test( 'is run by its owner with the panel’s key, who neither reaches inner addresses nor gets the defaults by it', async () => {
		const mayChange: Partial< Actor > = { login: 'owner', may: [ 'change_connection', 'run_gateway' ] };
		await check( 6, connection, mayChange );
		expect( fake.targets.at( -1 ) ).toMatchObject( { mayReachLocalAddresses: false } );
		await trust( 6, connection, mayChange );
		expect( await rowOf( 6 ) ).toMatchObject( { setByAdministrator: false, mayHaveDefaults: false } );
		const preview = await site.call( 'previewChanges', {
			serverId: 6,
			connection,
			actor: customer,
			body: { settings },
		} );
		expect( ( await site.untilEnded( 6, preview.body.jobId ) ).job.state ).toBe( 'succeeded' );
		const asked = {
			serverId: 6,
			connection,
			body: { settings: { ...settings, password: { use: 'default' } } },
		} as const;
		expect( ( await site.call( 'installGateway', asked ) ).body ).toMatchObject( { code: 'forbidden' } );

		// checked by who may manage the defaults: the key is compared anew, by them
		expect( await check( 6 ) ).toMatchObject( { error: { code: 'host_key_unknown' } } );
		await trust( 6 );
		expect( await rowOf( 6 ) ).toMatchObject( { setByAdministrator: true, mayHaveDefaults: true } );
		// a customer's click on the same address takes nothing of that back
		await site.call( 'previewChanges', { serverId: 6, connection, actor: customer, body: { settings } } );
		expect( await rowOf( 6 ) ).toMatchObject( { setByAdministrator: true, mayHaveDefaults: true } );
	}, 120_000 );

	test( 'takes no connection that is typed, and drops one that was', async () => {
		const saved = await site.call( 'saveConnection', { serverId: 7, body: { connection: typed } } );
		await site.untilEnded( 7, saved.body.jobId );
		expect( await sealed() ).toHaveLength( 1 );
		expect(
			( await site.call( 'saveConnection', { serverId: 7, connection, body: { connection: typed } } ) ).body
		).toMatchObject( {
			code: 'connection_supplied',
		} );
		await check( 7 );
		expect( await sealed() ).toEqual( [] );
		expect( await rowOf( 7 ) ).toMatchObject( { signIn: 'supplied' } );
		// the other plugin is gone, and with it the key
		expect( ( await site.call( 'checkConnection', { serverId: 7 } ) ).body ).toMatchObject( {
			code: 'connection_missing',
		} );
		expect( ( await site.call( 'installGateway', { serverId: 7, body: { settings } } ) ).body ).toMatchObject( {
			code: 'connection_missing',
		} );
	}, 120_000 );

	test( 'a connection that nobody could use is refused at the door', async () => {
		for ( const [ change, code ] of [
			[ { host: '' }, 'connection_missing' ],
			[ { host: '203.0.113.7; reboot' }, 'connection_missing' ],
			[ { sshUser: 'root -o x' }, 'connection_missing' ],
			[ { privateKey: 'not a key' }, 'private_key_unreadable' ],
		] as const ) {
			const supplied = { ...connection, ...change };
			expect(
				( await site.call( 'checkConnection', { serverId: 8, connection: supplied } ) ).body
			).toMatchObject( { code } );
		}
	} );
} );

test( 'a place is host, port and user together', () => {
	const server = { host: 'a', sshPort: 22, sshUser: 'root' };
	expect( leadsTo( { host: 'a', sshPort: 22, sshUser: 'root' }, server ) ).toBe( true );
	expect( leadsTo( { host: 'b', sshPort: 22, sshUser: 'root' }, server ) ).toBe( false );
	expect( leadsTo( { host: 'a', sshPort: 23, sshUser: 'root' }, server ) ).toBe( false );
	expect( leadsTo( { host: 'a', sshPort: 22, sshUser: 'admin' }, server ) ).toBe( false );
} );
