import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Actor } from '@email-gateway/shared';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { connection, customer, moved, startSupplied, type Supplied } from '../../test-fixtures/supplied-connection.ts';
import { settings } from '../../test-fixtures/test-backend.ts';
import { leadsTo } from '../servers/address.ts';

let play: Supplied;
beforeAll( async () => {
	play = await startSupplied();
}, 120_000 );
afterAll( () => play.backend.stop() );
beforeEach( () => {
	play.fake = makeFakeTools();
} );

describe( 'a server whose connection another plugin keeps', () => {
	test( 'waits for trust at first contact, and is then signed in to with the key that came along', async () => {
		expect( await play.check( 1 ) ).toMatchObject( { state: 'failed', error: { code: 'host_key_unknown' } } );
		const install = { serverId: 1, connection, body: { settings } };
		expect( ( await play.site.call( 'installGateway', install ) ).body ).toMatchObject( {
			code: 'host_key_not_trusted',
		} );
		expect( await play.trust( 1 ) ).toMatchObject( { state: 'succeeded' } );

		const target = play.fake.targets.at( -1 );
		expect( target ).toMatchObject( { host: connection.host, user: 'root', signIn: { kind: 'key' } } );
		const signIn = target?.signIn as { privateKey: { reveal(): string }; passphrase: { reveal(): string } };
		expect( [ signIn.privateKey.reveal(), signIn.passphrase.reveal() ] ).toEqual( [
			connection.privateKey,
			connection.passphrase,
		] );
		expect( ( await play.site.call( 'readServer', { serverId: 1 } ) ).body.connection ).toMatchObject( {
			host: connection.host,
			signIn: 'supplied',
			hostKey: { state: 'trusted' },
		} );
	}, 120_000 );

	test( 'stops when its address changes, until who may change a connection takes the new one and trusts it', async () => {
		await play.check( 4 );
		await play.trust( 4 );
		const install = { serverId: 4, connection: moved, body: { settings } };
		for ( const actor of [ {}, customer ] ) {
			expect( await play.site.call( 'installGateway', { ...install, actor } ) ).toMatchObject( {
				status: 409,
				body: {
					code: 'server_address_changed',
					data: { detail: { was: connection.host, becomes: moved.host } },
				},
			} );
		}
		expect( await play.trust( 4, moved ) ).toMatchObject( { body: { code: 'server_address_changed' } } );
		expect( await play.rowOf( 4 ) ).toMatchObject( { host: connection.host, hostKey: { state: 'trusted' } } );
		expect(
			await play.site.call( 'checkConnection', { serverId: 4, connection: moved, actor: customer } )
		).toMatchObject( {
			status: 403,
		} );

		expect( await play.check( 4, moved ) ).toMatchObject( { error: { code: 'host_key_unknown' } } );
		expect( await play.rowOf( 4 ) ).toMatchObject( { host: moved.host, hostKey: { state: 'unknown' } } );
		expect( ( await play.site.call( 'installGateway', install ) ).body ).toMatchObject( {
			code: 'host_key_not_trusted',
		} );
		expect( await play.trust( 4, moved ) ).toMatchObject( { state: 'succeeded' } );
	}, 120_000 );

	test( 'stops when its host key changes', async () => {
		await play.check( 5 );
		await play.trust( 5 );
		play.fake = makeFakeTools( {}, { fingerprint: `SHA256:${ 'B'.repeat( 43 ) }` } );
		expect( await play.check( 5 ) ).toMatchObject( { error: { code: 'host_key_changed' } } );
		expect(
			( await play.site.call( 'installGateway', { serverId: 5, connection, body: { settings } } ) ).body
		).toMatchObject( {
			code: 'host_key_changed',
		} );
	}, 120_000 );

	test( 'is run by its owner with the panel’s key, who neither reaches inner addresses nor gets the defaults by it', async () => {
		const mayChange: Partial< Actor > = { login: 'owner', may: [ 'change_connection', 'run_gateway' ] };
		await play.check( 6, connection, mayChange );
		expect( play.fake.targets.at( -1 ) ).toMatchObject( { mayReachLocalAddresses: false } );
		await play.trust( 6, connection, mayChange );
		expect( await play.rowOf( 6 ) ).toMatchObject( { setByAdministrator: false, mayHaveDefaults: false } );
		const preview = await play.site.call( 'previewChanges', {
			serverId: 6,
			connection,
			actor: customer,
			body: { settings },
		} );
		expect( ( await play.site.untilEnded( 6, preview.body.jobId ) ).job.state ).toBe( 'succeeded' );
		const asked = {
			serverId: 6,
			connection,
			body: { settings: { ...settings, password: { use: 'default' } } },
		} as const;
		expect( ( await play.site.call( 'installGateway', asked ) ).body ).toMatchObject( { code: 'forbidden' } );

		// checked by who may manage the defaults: the key is compared anew, by them
		expect( await play.check( 6 ) ).toMatchObject( { error: { code: 'host_key_unknown' } } );
		await play.trust( 6 );
		expect( await play.rowOf( 6 ) ).toMatchObject( { setByAdministrator: true, mayHaveDefaults: true } );
		// a customer's click on the same address takes nothing of that back
		await play.site.call( 'previewChanges', { serverId: 6, connection, actor: customer, body: { settings } } );
		expect( await play.rowOf( 6 ) ).toMatchObject( { setByAdministrator: true, mayHaveDefaults: true } );
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
				( await play.site.call( 'checkConnection', { serverId: 8, connection: supplied } ) ).body
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
