import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectServer, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { isGenuineJob, isGenuineServer, isGenuineSite } from './genuine.ts';
import { placeOf } from './places.ts';

const [ older, newer ] = [ randomBytes( 32 ), randomBytes( 32 ) ].map( ( key ) => key.toString( 'base64' ) );
let folder = '';
let backend: TestBackend;

beforeAll( async () => {
	folder = mkdtempSync( join( tmpdir(), 'email-gateway-reseal-' ) );
} );
afterAll( () => rmSync( folder, { recursive: true, force: true } ) );

const withKeys = ( keys: string ) =>
	startBackend( { folder, keepsFolder: true, env: { EMAIL_GATEWAY_MASTER_KEY: keys } } );
const readAll = async ( { app }: TestBackend ) => {
	const rows = await app.db.selectFrom( 'secrets' ).selectAll().execute();
	return Promise.all(
		rows.map( async ( { tableName: table, rowId: id, field } ) => {
			const place = await placeOf( app.db, { table, id, field } );
			return place && ( await app.secrets.read( app.db, place ) )?.reveal();
		} )
	);
};
/** The proofs of a server, its site and its jobs. */
const areGenuine = async ( { app: { db, vault } }: TestBackend ) => [
	isGenuineServer( vault, await db.selectFrom( 'servers' ).selectAll().executeTakeFirstOrThrow() ),
	isGenuineSite( vault, await db.selectFrom( 'sites' ).selectAll().executeTakeFirstOrThrow() ),
	( await db.selectFrom( 'jobs' ).selectAll().execute() ).every( ( job ) => isGenuineJob( vault, job ) ),
];

describe( 'a change of the master key', () => {
	test( 'is over once everything was sealed anew: the older key is needed no more', async () => {
		backend = await withKeys( String( older ) );
		await connectServer( await backend.site(), 1 );
		const before = await readAll( backend );
		expect( before ).toContain( 'ssh-secret' );
		await backend.stop();

		backend = await withKeys( `${ newer }\n${ older }` );
		expect( await readAll( backend ) ).toEqual( before );
		expect( await backend.app.secrets.reseal( backend.app.db ) ).toBe( before.length );
		expect( await backend.app.secrets.reseal( backend.app.db ) ).toBe( 0 );
		await backend.stop();

		backend = await withKeys( String( newer ) );
		expect( ( await readAll( backend ) ).sort() ).toEqual( before.sort() );
		expect( await areGenuine( backend ) ).toEqual( [ true, true, true ] );
		await backend.stop();

		backend = await withKeys( String( older ) );
		await expect( readAll( backend ) ).rejects.toThrow( 'no master key' );
		expect( await areGenuine( backend ) ).toEqual( [ false, false, false ] );
		await backend.stop();
	}, 120_000 );
} );
