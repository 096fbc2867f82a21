import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { startBackend } from '../../test-fixtures/test-backend.ts';
import { listenForOperator } from '../operator-socket.ts';
import { examine } from '../doctor/doctor.ts';

test( 'with another master key the backend says so at /ready, in the log and to the doctor, and the right one opens all again', async () => {
	const folder = mkdtempSync( join( tmpdir(), 'email-gateway-other-key-' ) );
	const key = () => ( { EMAIL_GATEWAY_MASTER_KEY: randomBytes( 32 ).toString( 'base64' ) } );
	const [ own, other ] = [ key(), key() ];
	const start = async ( env: Record< string, string > ) => {
		const backend = await startBackend( { env, folder, keepsFolder: true, withWorker: false } );
		const answer = await fetch( `${ backend.audience }/ready` );
		const { data } = ( await answer.json() ) as { data?: { detail: unknown } };
		return { backend, told: [ answer.status, data?.detail ] };
	};
	try {
		const first = await startBackend( { env: own, folder, keepsFolder: true } );
		await first.site();
		await first.stop();

		const { backend, told } = await start( other );
		expect( told ).toEqual( [ 503, { reason: 'master_key' } ] );
		expect( backend.logged() ).toMatch( /"level":50.*master key/ );
		const operator = await listenForOperator( backend.app );
		const found = await examine( { ...other, EMAIL_GATEWAY_DATA_DIR: backend.app.config.dataDir } );
		operator.close();
		expect( found.filter( ( { state } ) => state === 'problem' ).map( ( { check } ) => check ) ).toEqual( [
			...[ 'master key' ],
		] );
		await backend.stop();

		const again = await start( own );
		expect( again.told ).not.toEqual( told );
		await again.backend.stop();
	} finally {
		rmSync( folder, { recursive: true, force: true } );
	}
} );
