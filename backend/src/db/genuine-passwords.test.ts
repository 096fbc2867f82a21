import { accountOf, defaultAccount, saveDefaults } from '../../test-fixtures/accounts.ts';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { refusalOf } from '../../test-fixtures/refusal.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';

jest.setTimeout( 120_000 );

// Who can write to the database, and has no master key: nothing that they write makes a password go anywhere.

const { tools } = makeFakeTools();
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

const write = ( statement: string ) => sql.raw( statement ).execute( backend.app.db );
const codeOf = async ( serverId: number, asked: Parameters< typeof refusalOf >[ 2 ] ) =>
	refusalOf( site, serverId, asked );

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

	test( 'of an account does not follow another provider or site', async () => {
		const defaults = { ...settings, note: '' };
		await saveDefaults( site, defaults );
		await connectServer( site, 23 );
		await write( `update accounts set settings = jsonb_set( settings, '{smtpServer}', '"mine.example.net"' )` );
		const again = { ...defaults, password: { use: 'saved' } } as const;
		const stolen = { ...defaults, smtpServer: 'mine.example.net', password: { use: 'saved' } } as const;
		tried.length = 0;
		const id = String( ( await defaultAccount( site ) )?.id );
		const check = async ( of: SiteClient, values: typeof stolen | typeof again ) =>
			of.call( 'checkAccount', { body: { account: accountOf( values, { id } ) } } );
		expect( ( await check( site, stolen ) ).body ).toMatchObject( { code: 'record_not_genuine' } );
		const other = await backend.site( { siteUrl: 'https://other.example.com' } );
		await write(
			`update accounts set settings = jsonb_set( settings, '{smtpServer}', '"${ settings.smtpServer }"' ),
			site_id = ( select id from sites where url = 'https://other.example.com' )`
		);
		await connectServer( other, 23 );
		expect( ( await check( other, again ) ).body ).toMatchObject( { code: 'record_not_genuine' } );
		expect( tried ).toEqual( [] );
	} );
} );
