import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, sql } from 'kysely';
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyToPrevious } from '../../test-fixtures/previous-database.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { migrations } from './migrations.ts';
import { placeOf } from './places.ts';
import { marker } from './take-over.ts';
import { caseOfRows, type Tables } from './tables.ts';
import { readMasterKeys } from '../vault/master-key.ts';

let folder = '';
let backend: TestBackend;
beforeAll( () => {
	folder = mkdtempSync( join( tmpdir(), 'email-gateway-migrate-' ) );
} );
afterAll( async () => {
	await backend.stop();
	rmSync( folder, { recursive: true, force: true } );
} );

/** Every row of the tables that hold what people typed and did. */
const keptOf = async ( { app: { db, secrets } }: TestBackend ) => ( {
	servers: await db.selectFrom( 'servers' ).selectAll().orderBy( 'id' ).execute(),
	settings: await db.selectFrom( 'settings' ).selectAll().orderBy( 'id' ).execute(),
	jobs: await db.selectFrom( 'jobs' ).selectAll().orderBy( 'id' ).execute(),
	events: await db.selectFrom( 'jobEvents' ).selectAll().orderBy( 'jobId' ).orderBy( 'seq' ).execute(),
	audit: await db.selectFrom( 'audit' ).selectAll().orderBy( 'id' ).execute(),
	secrets: await Promise.all(
		( await db.selectFrom( 'secrets' ).selectAll().orderBy( 'rowId' ).orderBy( 'field' ).execute() ).map(
			async ( { tableName: table, rowId: id, field } ) => {
				const place = await placeOf( db, { table, id, field } );
				return place && ( await secrets.read( db, place ) )?.reveal();
			}
		)
	),
} );

describe( 'a database of the release before', () => {
	test( 'is brought up to date with everything in it', async () => {
		backend = await startBackend( { folder, keepsFolder: true } );
		const site = await backend.site();
		await connectServer( site, 1 );
		const asked = await site.call( 'installGateway', { serverId: 1, body: { settings } } );
		await site.untilEnded( 1, asked.body.jobId );
		const before = await keptOf( backend );
		expect( before.secrets ).toEqual( expect.arrayContaining( [ 'ssh-secret', 'mail-secret' ] ) );
		await backend.stop();

		const place = join( folder, 'data/database' );
		renameSync( place, `${ place }.newest` );
		mkdirSync( place );
		const open = async ( dataDir: string ) =>
			new Kysely< Tables >( {
				dialect: new PGliteDialect( { pglite: await PGlite.create( { dataDir } ) } ),
				plugins: [ caseOfRows ],
			} );
		const [ newest, previous ] = [ await open( `${ place }.newest` ), await open( place ) ];
		await copyToPrevious( newest, previous, readMasterKeys( backend.app.config )[ 0 ] );
		rmSync( marker( join( folder, 'data' ) ), { force: true } );
		const { rows } = await sql< { name: string } >`select name from kysely_migration order by name`.execute(
			previous
		);
		expect( rows.map( ( { name } ) => name ) ).toEqual( Object.keys( migrations ).slice( 0, -1 ) );
		await newest.destroy();
		await previous.destroy();

		backend = await startBackend( { folder, keepsFolder: true } );
		expect( await keptOf( backend ) ).toEqual( before );
		await connectServer( await backend.site(), 2 );
	}, 240_000 );
} );
