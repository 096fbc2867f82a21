import { expect, test } from '@jest/globals';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, sql } from 'kysely';
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveDefaults } from '../../test-fixtures/accounts.ts';
import { copyToPrevious } from '../../test-fixtures/previous-database.ts';
import { connectServer, settings, startBackend } from '../../test-fixtures/test-backend.ts';
import { readMasterKeys } from '../vault/master-key.ts';
import { Secret } from '../vault/secret.ts';
import { makeVault } from '../vault/vault.ts';
import { accountUse } from './account-use.ts';
import { accountsOf, type Account } from './accounts.ts';
import { channelOf } from './alert-channels.ts';
import { targetOf } from '../alerts/target.ts';
import { accountPassword, passwordOf } from './places.ts';
import { settingsVersion, type SettingsVersion } from './settings.ts';
import { makeSecretStore } from './secrets.ts';
import { caseOfRows, type Tables } from './tables.ts';

const open = async ( dataDir: string ) =>
	new Kysely< Tables >( {
		dialect: new PGliteDialect( { pglite: await PGlite.create( { dataDir } ) } ),
		plugins: [ caseOfRows ],
	} );
const ids = [ 1, 2 ].map( ( n ) => `00000000-0000-4000-8000-00000000000${ n }` ) as [ string, string ];

test( 'the defaults and the accounts of channels become accounts, and every password still opens', async () => {
	const folder = mkdtempSync( join( tmpdir(), 'email-gateway-accounts-' ) );
	const place = join( folder, 'data/database' );
	let backend = await startBackend( { folder, keepsFolder: true } );
	const site = await backend.site();
	await connectServer( site, 1 );
	await saveDefaults( site, { ...settings, password: { use: 'typed', value: 'default-secret' } } );
	const body = { settings: { ...settings, password: { use: 'default' } } } as const;
	await site.untilEnded( 1, ( await site.call( 'installGateway', { serverId: 1, body } ) ).body.jobId );
	await backend.app.db
		.updateTable( 'servers' )
		.set( ( { ref } ) => ( { installedVersion: ref( 'submittedVersion' ) } ) )
		.execute();
	const [ masterKey ] = readMasterKeys( backend.app.config );
	const { id: siteId } = await backend.app.db.selectFrom( 'sites' ).select( 'id' ).executeTakeFirstOrThrow();
	await backend.stop();

	const older = `${ place }.older`;
	mkdirSync( older );
	const [ from, to ] = [ await open( place ), await open( older ) ];
	await copyToPrevious( from, to, masterKey, '0022-accounts' );
	const secrets = makeSecretStore( makeVault( [ masterKey ] ) );
	// one channel uses the account of the defaults, one another
	for ( const [ id, password, smtpServer ] of [
		[ ids[ 0 ], 'default-secret', settings.smtpServer ],
		[ ids[ 1 ], 'alert-secret', 'smtp.other.example' ],
	] as const ) {
		await sql`insert into alert_channels (id, site_id, kind, name) values (${ id }, ${ siteId }, 'email', '')`.execute(
			to
		);
		const { smtpPort, userName } = settings;
		const target = {
			kind: 'email',
			to: 'a@example.com',
			from: 'b@alerts.example',
			smtpServer,
			smtpPort,
			userName,
			password,
		};
		const of = { table: 'alert_channels', id, field: 'target', boundTo: { siteId, kind: 'email', owner: null } };
		await secrets.save( to, of, new Secret( JSON.stringify( target ) ) );
	}
	await from.destroy();
	await to.destroy();
	rmSync( place, { recursive: true } );
	renameSync( older, place );

	backend = await startBackend( { folder, keepsFolder: true } );
	const { db } = backend.app;
	const accounts = await accountsOf( db, siteId );
	expect( accounts ).toMatchObject( [
		{ name: 'Defaults', isDefault: true, settings: { smtpServer: settings.smtpServer } },
		{ name: 'Alerts 2', settings: { smtpServer: 'smtp.other.example', sendingDomain: 'alerts.example' } },
	] );
	const use = await accountUse( db, siteId, { accounts, backups: [] } );
	expect( accounts.map( ( { id } ) => use.get( id ) ) ).toMatchObject( [
		{ servers: 1, withOlderValues: 0, channels: [ 'email' ] },
		{ servers: 0, channels: [ 'email' ] },
	] );
	const version = await settingsVersion( db, { siteId, serverId: 1 }, 1 );
	for ( const [ of, password ] of [
		[ accountPassword( accounts[ 0 ] as Account ), 'default-secret' ],
		[ accountPassword( accounts[ 1 ] as Account ), 'alert-secret' ],
		[ passwordOf( version as SettingsVersion ), 'default-secret' ],
	] as const ) {
		expect( ( await backend.app.secrets.read( db, of ) )?.reveal() ).toBe( password );
	}
	for ( const id of ids ) {
		const channel = await channelOf( backend.app.db, { siteId, id } );
		expect( await targetOf( backend.app.secrets, backend.app.db, channel ) ).toEqual( {
			...{ kind: 'email', to: 'a@example.com', from: 'b@alerts.example' },
		} );
	}
	await backend.stop();
	rmSync( folder, { recursive: true, force: true } );
}, 240_000 );
