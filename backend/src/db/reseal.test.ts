import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectServer, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';

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
		rows.map(
			async ( { table_name: table, row_id: id, field } ) =>
				( await app.secrets.read( app.db, { table, id, field } ) )?.reveal()
		)
	);
};

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
		await backend.stop();

		backend = await withKeys( String( older ) );
		await expect( readAll( backend ) ).rejects.toThrow( 'no master key' );
		await backend.stop();
	}, 120_000 );
} );
