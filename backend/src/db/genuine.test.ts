import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import { bareFacts, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { makeSiteClient, type SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { json } from './tables.ts';

jest.setTimeout( 120_000 );

// Who can write to the database, and has no master key: nothing that they write makes a secret go anywhere.

const { tools, targets } = makeFakeTools( { look: async () => bareFacts } );
const tried: string[] = [];
let backend: TestBackend;
let site: SiteClient;
beforeAll( async () => {
	backend = await startBackend( {
		tools: {
			...tools,
			async preflight( _remote, { settings: { smtpServer }, password } ) {
				tried.push( `${ smtpServer } ${ password.reveal() }` );
				return { tlsVersion: 'TLSv1.3', certificateName: null };
			},
			async checkProvider( _remote, { settings: { smtpServer }, password } ) {
				tried.push( `${ smtpServer } ${ password.reveal() }` );
				return {
					...{ port: 587, ports: [], tls: null, login: 'accepted', problem: null, skipped: null },
					...{ openPorts: [], sender: null },
				};
			},
		},
	} );
	site = await backend.site();
} );
afterAll( () => backend.stop() );

const hostile = '198.51.100.66';
const write = ( statement: string ) => sql.raw( statement ).execute( backend.app.db );
const codeOf = async ( serverId: number, asked: { status: number; body: { jobId?: string; code?: string } } ) =>
	asked.body.jobId ? ( await site.untilEnded( serverId, asked.body.jobId ) ).job.error?.code : asked.body.code;

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

describe( 'a mail password', () => {
	test.each( [
		[ 24, 'smtpServer' ],
		[ 25, 'userName' ],
		[ 26, 'sendingDomain' ],
	] as const )( 'of saved settings does not follow another row: %i, %s', async ( serverId, name ) => {
		await connectServer( site, serverId );
		await codeOf( serverId, await site.call( 'installGateway', { serverId, body: { settings } } ) );
		await write(
			`update settings set settings = jsonb_set( settings, '{${ name }}', '"mine.example.net"' ) where server_id = ${ serverId }`
		);
		tried.length = 0;
		const changed = { ...settings, [ name ]: 'mine.example.net', password: { use: 'saved' } } as const;
		const answer = await site.call( 'checkSettings', { serverId, body: { settings: changed } } );
		expect( await codeOf( serverId, answer ) ).toBe( 'record_not_genuine' );
		expect( tried ).toEqual( [] );
	} );

	test( 'of a job that waits does not follow another provider or server', async () => {
		await connectServer( site, 21 );
		await connectServer( site, 22 );
		for ( const [ column, value ] of [
			[ 'request', `jsonb_set( new.request, '{settings,smtpServer}', '"mine.example.net"' )` ],
			[ 'server_id', '22' ],
			[ 'asked_by', `jsonb_set( new.asked_by, '{administrator}', 'true' )` ],
			[ 'applying', 'true' ],
		] ) {
			tried.length = 0;
			// before any worker can read it
			await write(
				`create or replace function tamper() returns trigger language plpgsql as
				$$ begin new.${ column } := ${ value }; return new; end $$`
			);
			await write( 'create trigger tamper before insert on jobs for each row execute function tamper()' );
			const { body } = await site.call( 'checkSettings', {
				serverId: 21,
				actor: { may: [ 'run_gateway' ] },
				body: { settings },
			} );
			await write( 'drop trigger tamper on jobs' );
			const serverId = column === 'server_id' ? 22 : 21;
			expect( ( await site.untilEnded( serverId, body.jobId ) ).job.error?.code ).toBe( 'record_not_genuine' );
			expect( tried ).toEqual( [] );
		}
	} );

	test( 'of the defaults does not follow another provider or site', async () => {
		const defaults = { ...settings, note: '' };
		await site.call( 'saveDefaults', { body: { defaults } } );
		await connectServer( site, 23 );
		await write( `update defaults set settings = jsonb_set( settings, '{smtpServer}', '"mine.example.net"' )` );
		const stolen = { ...defaults, smtpServer: 'mine.example.net', password: { use: 'saved' } } as const;
		tried.length = 0;
		expect( ( await site.call( 'checkDefaults', { body: { defaults: stolen } } ) ).body ).toMatchObject( {
			code: 'record_not_genuine',
		} );
		const other = await backend.site( { siteUrl: 'https://other.example.com' } );
		await write(
			`update defaults set settings = jsonb_set( settings, '{smtpServer}', '"${ settings.smtpServer }"' ),
			site_id = ( select id from sites where url = 'https://other.example.com' )`
		);
		await connectServer( other, 23 );
		const again = { ...defaults, password: { use: 'saved' } } as const;
		expect( ( await other.call( 'checkDefaults', { body: { defaults: again } } ) ).body ).toMatchObject( {
			code: 'record_not_genuine',
		} );
		expect( tried ).toEqual( [] );
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
