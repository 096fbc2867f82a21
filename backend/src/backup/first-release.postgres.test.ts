// What 0.1.0 kept (docs/decisions/19): restored, brought up to date, used, and brought back to how 0.1.0 left it.
import { spawnSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { startBackend } from '../../test-fixtures/test-backend.ts';
import { makeSiteClient } from '../../test-fixtures/site-client.ts';
import { makeTestDatabase } from '../../test-fixtures/test-database.ts';
import { migrations } from '../db/migrations.ts';
import { placeOf } from '../db/places.ts';
import { lastBeforeUpgrade } from '../db/snapshots.ts';

const fixture = ( name: string ) =>
	fileURLToPath( new URL( `../../test-fixtures/releases/${ name }`, import.meta.url ) );
const kept = JSON.parse( readFileSync( fixture( '0.1.0.json' ), 'utf8' ) ) as Record<
	'masterKey' | 'siteKeyId' | 'sitePrivateKey',
	string
>;
const command = fileURLToPath( new URL( '../command.ts', import.meta.url ) );

let folder = '';
let database: Awaited< ReturnType< typeof makeTestDatabase > >;
let env: Record< string, string > = {};
beforeAll( async () => {
	folder = mkdtempSync( join( tmpdir(), 'email-gateway-first-' ) );
	mkdirSync( join( folder, 'data' ) );
	writeFileSync( join( folder, 'first.key' ), `${ kept.masterKey }\n`, { mode: 0o600 } );
	database = await makeTestDatabase();
	env = {
		DATABASE_URL: database.url,
		EMAIL_GATEWAY_DATA_DIR: join( folder, 'data' ),
		EMAIL_GATEWAY_MASTER_KEY_FILE: join( folder, 'master.key' ),
	};
} );
afterAll( async () => {
	await database.drop();
	rmSync( folder, { recursive: true, force: true } );
} );

const restore = ( ...words: string[] ) =>
	spawnSync( process.execPath, [ command, 'restore', ...words ], {
		env: { PATH: process.env.PATH, ...env },
		encoding: 'utf8',
	} );
const applied = async () => {
	const client = new pg.Client( { connectionString: database.url } );
	await client.connect();
	const { rows } = await client.query( 'select name from kysely_migration order by name' );
	await client.end();
	return rows.map( ( { name } ) => name as string );
};
const ofFirst = [ '0001-first', '0002-audit-of-a-server', '0003-included-gateway' ];

test( 'a backup of 0.1.0 is restored with its key', async () => {
	const { status, stderr } = restore( fixture( '0.1.0.dump' ), '--key', join( folder, 'first.key' ) );
	expect( [ status, stderr ] ).toEqual( [ 0, expect.stringContaining( 'The backup is restored.' ) ] );
	expect( await applied() ).toEqual( ofFirst );
} );

test( 'this release brings it up to date: its site is let in, its server and every secret are there', async () => {
	const backend = await startBackend( { env, folder, keepsFolder: true } );
	const privateKey = createPrivateKey( {
		...{ key: Buffer.from( kept.sitePrivateKey, 'base64' ), format: 'der', type: 'pkcs8' },
	} as const );
	const site = makeSiteClient( backend.audience, { privateKey } );
	site.useKeyId( kept.siteKeyId );
	expect( ( await site.call( 'readSite' ) ).status ).toBe( 200 );
	const { body } = await site.call( 'readServer', { serverId: 1 } );
	expect( body.connection ).toMatchObject( { host: '203.0.113.7', hostKey: expect.any( Object ) } );
	const { db, secrets } = backend.app;
	const rows = await db.selectFrom( 'secrets' ).selectAll().execute();
	const opened = await Promise.all(
		rows.map( async ( { tableName: table, rowId: id, field } ) => {
			const place = await placeOf( db, { table, id, field } );
			return place && ( await secrets.read( db, place ) )?.reveal();
		} )
	);
	expect( opened.sort() ).toEqual( [ 'mail-secret', 'mail-secret', 'ssh-secret' ] );
	const asked = await site.call( 'checkConnection', { serverId: 1 } );
	expect( ( await site.untilEnded( 1, asked.body.jobId ) ).job.state ).toBe( 'succeeded' );
	await backend.stop();
	expect( await applied() ).toEqual( Object.keys( migrations ).sort() );
} );

test( 'the snapshot from before brings back what 0.1.0 can read', async () => {
	const before = lastBeforeUpgrade( join( folder, 'data' ) );
	expect( restore( before ?? '' ) ).toMatchObject( { status: 0 } );
	expect( await applied() ).toEqual( ofFirst );
} );
