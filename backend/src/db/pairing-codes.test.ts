import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { makeSiteClient } from '../../test-fixtures/site-client.ts';
import { startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { makePairingCode } from './pairing-codes.ts';

jest.setTimeout( 120_000 );

let backend: TestBackend;
beforeAll( async () => {
	backend = await startBackend( { withWorker: false } );
} );
afterAll( () => backend.stop() );

const sha256 = ( text: string ) => createHash( 'sha256' ).update( text ).digest( 'hex' );
const pair = ( code: string ) => makeSiteClient( backend.audience ).pair( code );
const invalid = { status: 403, body: { code: 'pairing_code_invalid' } };

describe( 'a pairing code in a database', () => {
	test( 'cannot be guessed by trying secrets against what lies there', async () => {
		const { app } = backend;
		const { code } = await makePairingCode( app.db, app.vault );
		const secret = code.replaceAll( '-', '' ).slice( 5 );
		const row = await app.db.selectFrom( 'pairingCodes' ).selectAll().executeTakeFirstOrThrow();
		expect( row.secretHash ).not.toContain( sha256( secret ) );
		expect( row.secretHash.startsWith( `${ app.vault.kid }.` ) ).toBe( true );
	} );

	test( 'that somebody else wrote pairs nothing', async () => {
		const { app } = backend;
		await app.db
			.insertInto( 'pairingCodes' )
			.values( { selector: 'AAAAA', secretHash: sha256( 'B'.repeat( 27 ) ), expiresAt: new Date( 8e12 ) } )
			.execute();
		expect( await pair( `AAAAA${ 'B'.repeat( 27 ) }` ) ).toMatchObject( invalid );
	} );

	test( 'is not another one by its selector, nor for longer than it was made for', async () => {
		const { app } = backend;
		const changes = [ { selector: 'CCCCC' }, { expiresAt: new Date( 8e12 ) } ];
		for ( const change of changes ) {
			const { code } = await makePairingCode( app.db, app.vault );
			const selector = code.replace( '-', '' ).slice( 0, 5 );
			await app.db.updateTable( 'pairingCodes' ).set( change ).where( 'selector', '=', selector ).execute();
			const typed = code.replaceAll( '-', '' ).replace( selector, change.selector ?? selector );
			expect( await pair( typed ) ).toMatchObject( invalid );
		}
	} );
} );
