import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { copyEmptyDatabase } from '../../test-fixtures/empty-database.ts';
import { freePort } from '../../test-fixtures/spawn-backend.ts';
import { readConfig } from '../config.ts';
import { openDatabase } from '../db/open-database.ts';
import { json, type Db } from '../db/tables.ts';
import { makeLogger } from '../logger.ts';
import { Secret } from '../vault/secret.ts';
import { makeVault } from '../vault/vault.ts';
import { unreachable } from './database.ts';
import { examine, refuseBroken } from './doctor.ts';

// Set-ups that are broken, each in one way, and what the doctor says of it.

let folder = '';
let env: Record< string, string > = {};
const servers: Server[] = [];
beforeEach( () => {
	folder = mkdtempSync( join( tmpdir(), 'email-gateway-doctor-' ) );
	mkdirSync( join( folder, 'etc' ) );
	env = {
		EMAIL_GATEWAY_DATA_DIR: join( folder, 'data' ),
		EMAIL_GATEWAY_MASTER_KEY_FILE: join( folder, 'etc/master.key' ),
	};
	writeFileSync( join( folder, 'etc/master.key' ), `${ randomBytes( 32 ).toString( 'base64' ) }\n`, { mode: 0o600 } );
} );
afterEach( () => {
	servers.splice( 0 ).forEach( ( server ) => server.close() );
	rmSync( folder, { recursive: true } );
} );

/** What it calls a problem, each with its advice. */
async function problems(): Promise< string[] > {
	const found = await examine( env );
	return found
		.filter( ( { state } ) => state === 'problem' )
		.map( ( { check, told, advice } ) => `${ check }: ${ told } ${ advice }` );
}

/** Makes the database that this set-up would have after a first start, and changes it. */
async function used( change: ( db: Db, key: Buffer ) => Promise< unknown > ): Promise< void > {
	const key = randomBytes( 32 );
	mkdirSync( join( folder, 'data' ), { mode: 0o700 } );
	copyEmptyDatabase( join( folder, 'data/database' ) );
	const { db, close } = await openDatabase(
		{ ...readConfig( env ), snapshotMinutes: 0 },
		{ log: makeLogger( { level: 'silent' } ), vault: makeVault( [ key ] ) }
	);
	await change( db, key );
	await close();
}

describe( 'broken set-ups', () => {
	test( '8: a key that is not there', async () => {
		rmSync( join( folder, 'etc/master.key' ) );
		expect( await problems() ).toEqual( [ expect.stringMatching( /There is no master key.*from your backup/ ) ] );
	} );

	test( '9: a key that others can read', async () => {
		chmodSync( join( folder, 'etc/master.key' ), 0o644 );
		expect( await problems() ).toEqual( [ expect.stringMatching( /can be read by others: chmod 600/ ) ] );
	} );

	test( '10: a key that is none', async () => {
		writeFileSync( join( folder, 'etc/master.key' ), 'c2hvcnQ=\n' );
		expect( await problems() ).toEqual( [ expect.stringMatching( /keys of 32 bytes/ ) ] );
	} );

	test( '11: a key inside the data folder', async () => {
		env.EMAIL_GATEWAY_MASTER_KEY_FILE = join( folder, 'data/master.key' );
		mkdirSync( join( folder, 'data' ) );
		writeFileSync( join( folder, 'data/master.key' ), '', { mode: 0o600 } );
		expect( await problems() ).toEqual( [ expect.stringMatching( /inside the data folder/ ) ] );
	} );

	test( '12: another key than the one of the database', async () => {
		await used( ( db, key ) => {
			const place = { table: 'sites', id: 'x', field: 'password', boundTo: null };
			const sealed = json( makeVault( [ key ] ).seal( new Secret( 'x' ), place ) );
			const row = { tableName: 'sites', rowId: 'x', field: 'password', sealed };
			return db.insertInto( 'secrets' ).values( row ).execute();
		} );
		expect( await problems() ).toEqual( [
			expect.stringMatching( /does not open the secrets in this database.*Restore the key/ ),
		] );
	} );

	test( '13: a database that a newer release has used', async () => {
		await used( ( db ) => sql`insert into kysely_migration values ( '9999-later', '2030-01-01' )`.execute( db ) );
		expect( await problems() ).toEqual( [
			expect.stringMatching( /newer release has used this database \(9999-later\).*Install that release/ ),
		] );
		const config = { ...readConfig( env ), snapshotMinutes: 0 };
		const opened = openDatabase( config, {
			log: makeLogger( { level: 'silent' } ),
			vault: makeVault( [ randomBytes( 32 ) ] ),
		} );
		await expect( opened ).rejects.toThrow( /Install that release again, or restore the backup/ );
	} );

	test( '14: a data folder that is a file', async () => {
		writeFileSync( join( folder, 'data' ), '' );
		rmSync( join( folder, 'etc/master.key' ) );
		env.EMAIL_GATEWAY_MASTER_KEY = randomBytes( 32 ).toString( 'base64' );
		expect( await problems() ).toEqual( [ expect.stringMatching( /cannot be written to.*Give the folder/ ) ] );
		expect( () => refuseBroken( readConfig( env ) ) ).toThrow( /cannot be written to/ );
	} );

	test( '15: a data folder whose path is too long for a socket', async () => {
		env.EMAIL_GATEWAY_DATA_DIR = join( folder, 'x'.repeat( 90 ) );
		expect( await problems() ).toEqual( [ expect.stringMatching( /too long a path for the socket/ ) ] );
	} );

	test( '16: a PostgreSQL that does not run', async () => {
		env.DATABASE_URL = `postgres://a:secret@127.0.0.1:${ await freePort() }/x`;
		const found = await problems();
		expect( found ).toEqual( [ expect.stringMatching( /nothing listens there\. Start PostgreSQL/ ) ] );
		expect( found.join() ).not.toContain( 'secret' );
	} );

	test( '17: a PostgreSQL whose socket is not there', async () => {
		env.DATABASE_URL = `postgres://a@localhost/x?host=${ folder }`;
		expect( await problems() ).toEqual( [ expect.stringMatching( /no such socket.*systemctl start postgresql/ ) ] );
	} );

	test.each( [
		[ '18: a wrong password', '28P01', /password is refused.*Correct user and password/ ],
		[ '19: a role that is not let in', '28000', /not let in.*Create the role/ ],
		[ '20: a database that was never made', '3D000', /no such database.*createdb/ ],
	] )( '%s', ( _name, code, told ) => {
		const { told: said, advice } = unreachable( Object.assign( new Error( 'x' ), { code } ) );
		expect( `${ said } ${ advice }` ).toMatch( told );
	} );
} );
