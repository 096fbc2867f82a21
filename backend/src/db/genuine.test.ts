import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { refusalOf } from '../../test-fixtures/refusal.ts';
import { makeSiteClient, type SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { json } from './tables.ts';

jest.setTimeout( 120_000 );

// Who can write to the database, and has no master key: nothing that they write makes us go anywhere or believe them.

const { tools, targets } = makeFakeTools();
let backend: TestBackend;
let site: SiteClient;
beforeAll( async () => {
	backend = await startBackend( { tools } );
	site = await backend.site();
} );
afterAll( () => backend.stop() );

const hostile = '198.51.100.66';
const write = ( statement: string ) => sql.raw( statement ).execute( backend.app.db );
const codeOf = async ( serverId: number, asked: Parameters< typeof refusalOf >[ 2 ] ) =>
	refusalOf( site, serverId, asked );

describe( 'a row of a server that somebody else wrote', () => {
	test.each( [
		[ 1, `host = '${ hostile }'` ],
		[ 2, `ssh_port = 2222` ],
		[ 3, `ssh_user = 'other'` ],
		[ 4, `host_key = jsonb_set( host_key, '{fingerprint}', '"SHA256:other"' )` ],
		[ 5, `sign_in = 'managed_key'` ],
		[ 6, `set_by_administrator = false` ],
		[ 7, `may_have_defaults = false` ],
		[ 8, `mac = null` ],
		[ 9, `managed_public_key = 'ssh-ed25519 AAAA'` ],
	] )( 'is not used: %i, %s', async ( serverId, change ) => {
		await connectServer( site, serverId );
		await write( `update servers set ${ change } where server_id = ${ serverId }` );
		const before = targets.length;
		expect( await codeOf( serverId, await site.call( 'previewChanges', { serverId, body: { settings } } ) ) ).toBe(
			'record_not_genuine'
		);
		expect( await codeOf( serverId, await site.call( 'checkConnection', { serverId } ) ) ).toBe(
			'connection_missing'
		);
		expect( targets.length ).toBe( before );
		// the screen shows nothing of it, and a connection that is saved again is one of ours
		expect( ( await site.call( 'readServer', { serverId } ) ).body ).toMatchObject( {
			connection: null,
			gateway: { state: 'not_connected' },
		} );
		await connectServer( site, serverId );
		expect( await codeOf( serverId, await site.call( 'previewChanges', { serverId, body: { settings } } ) ) ).toBe(
			undefined
		);
	} );

	test( 'is noted when one of ours takes its place: what it said, and that nothing was done with it', async () => {
		await connectServer( site, 10 );
		await write( `update servers set host = '${ hostile }' where server_id = 10` );
		await connectServer( site, 10 );
		const { entries } = ( await site.call( 'readAudit', { serverId: 10 } ) ).body;
		expect( entries.find( ( { action } ) => action === 'record_refused' ) ).toMatchObject( {
			action: 'record_refused',
			actor: '',
			detail: { host: hostile },
		} );
	} );

	test( 'is not healed by saved secrets', async () => {
		await connectServer( site, 11 );
		await write( `update servers set host = '${ hostile }' where server_id = 11` );
		const connection = {
			...{ host: hostile, sshPort: 22, sshUser: 'root' },
			signIn: { kind: 'password', password: { use: 'saved' } },
		} as const;
		expect( await site.call( 'saveConnection', { serverId: 11, body: { connection } } ) ).toMatchObject( {
			body: { code: 'sign_in_required' },
		} );
	} );

	test( 'does not take an older proof along with a newer secret', async () => {
		await connectServer( site, 12 );
		const { db } = backend.app;
		const old = await db.selectFrom( 'servers' ).selectAll().where( 'serverId', '=', 12 ).executeTakeFirstOrThrow();
		await connectServer( site, 12, { at: { host: '203.0.113.50' } } );
		await db
			.updateTable( 'servers' )
			.set( { host: old.host, mac: old.mac, hostKey: old.hostKey && json( old.hostKey ) } )
			.where( 'id', '=', old.id )
			.execute();
		const before = targets.length;
		expect( await codeOf( 12, await site.call( 'checkConnection', { serverId: 12 } ) ) ).toBe(
			'record_not_genuine'
		);
		expect( targets.length ).toBe( before );
	} );
} );

describe( 'a site that somebody else wrote', () => {
	test.each( [ 'a key of theirs', 'a site of theirs', 'another address' ] )( 'is unknown: %s', async ( what ) => {
		const thief = makeSiteClient( backend.audience, { siteUrl: 'https://thief.example.com' } );
		const victim = await backend.site( { siteUrl: `https://${ what.replaceAll( ' ', '-' ) }.example.com` } );
		expect( ( await victim.call( 'readSite' ) ).status ).toBe( 200 );
		const where = `url = 'https://${ what.replaceAll( ' ', '-' ) }.example.com'`;
		if ( what === 'a key of theirs' ) {
			thief.useKeyId( 'theirs' );
			await write(
				`update sites set key_id = 'theirs', public_key = '${ thief.rawPublicKey }' where ${ where }`
			);
		} else if ( what === 'a site of theirs' ) {
			thief.useKeyId( 'new' );
			await write(
				`insert into sites (id, key_id, public_key, url, name, paired_at, mac) select gen_random_uuid(), 'new',
				'${ thief.rawPublicKey }', 'https://thief.example.com', name, paired_at, mac from sites where ${ where }`
			);
		} else {
			await write( `update sites set url = 'https://thief.example.com' where ${ where }` );
			expect( ( await victim.call( 'readSite' ) ).status ).toBe( 401 );
			return;
		}
		expect( await thief.call( 'readSite' ) ).toMatchObject( { status: 401, body: { code: 'site_unknown' } } );
	} );
} );
