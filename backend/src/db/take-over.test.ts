import { expect, test } from '@jest/globals';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyToPrevious } from '../../test-fixtures/previous-database.ts';
import { connectServer, startBackend } from '../../test-fixtures/test-backend.ts';
import { sealUnbound } from '../../test-fixtures/unbound-secrets.ts';
import { readMasterKeys } from '../vault/master-key.ts';
import type { Place } from '../vault/vault.ts';
import { placeOf } from './places.ts';
import { json, caseOfRows, type Tables } from './tables.ts';
import { marker } from './take-over.ts';

const open = async ( dataDir: string ) =>
	new Kysely< Tables >( {
		dialect: new PGliteDialect( { pglite: await PGlite.create( { dataDir } ) } ),
		plugins: [ caseOfRows ],
	} );

test( 'a database of before 0.2.0 is taken over once, and nothing of it that is put back later is used', async () => {
	const folder = mkdtempSync( join( tmpdir(), 'email-gateway-take-over-' ) );
	const place = join( folder, 'data/database' );
	let backend = await startBackend( { folder, keepsFolder: true } );
	const site = await backend.site();
	await connectServer( site, 1 );
	const { db, config } = backend.app;
	const [ masterKey ] = readMasterKeys( config );
	const { id } = await db.selectFrom( 'servers' ).select( 'id' ).executeTakeFirstOrThrow();
	await backend.stop();

	// the whole database as an older release had it, with an address of theirs
	const older = `${ place }.older`;
	mkdirSync( older );
	const [ from, to ] = [ await open( place ), await open( older ) ];
	await copyToPrevious( from, to, masterKey, '0004-proofs' );
	await to.updateTable( 'servers' ).set( { host: '198.51.100.66' } ).execute();
	await from.destroy();
	await to.destroy();
	renameSync( place, `${ place }.newest` );
	renameSync( older, place );
	await expect( startBackend( { folder, keepsFolder: true } ) ).rejects.toThrow( 'has used a newer one' );

	// who restored it on purpose says so with a file that no database can delete
	rmSync( marker( join( folder, 'data' ) ) );
	backend = await startBackend( { folder, keepsFolder: true } );
	const taken = backend.app.db.selectFrom( 'servers' ).select( [ 'host', 'mac' ] );
	expect( await taken.executeTakeFirstOrThrow() ).toEqual( { host: '198.51.100.66', mac: expect.any( String ) } );
	await backend.stop();

	// a single secret of that time, beside rows that are proved
	renameSync( place, older );
	renameSync( `${ place }.newest`, place );
	backend = await startBackend( { folder, keepsFolder: true } );
	const sealed = sealUnbound( masterKey, 'ssh-secret', { table: 'servers', id, field: 'password' } );
	await backend.app.db
		.updateTable( 'secrets' )
		.set( { sealed: json( sealed ) } )
		.where( 'field', '=', 'password' )
		.execute();
	const asIs = await placeOf( backend.app.db, { table: 'servers', id, field: 'password' } );
	const read = backend.app.secrets.read( backend.app.db, asIs as Place );
	await expect( read ).rejects.toMatchObject( { code: 'record_not_genuine' } );
	await backend.stop();
	rmSync( folder, { recursive: true, force: true } );
}, 120_000 );
