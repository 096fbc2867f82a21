import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Server } from 'node:http';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { webhookTo } from '../../test-fixtures/alert-channel.ts';
import { startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { makeSiteClient } from '../../test-fixtures/site-client.ts';
import { makePairingCode } from '../db/pairing-codes.ts';
import { listenForOperator } from '../operator-socket.ts';

jest.setTimeout( 120_000 );

let backend: TestBackend;
let operator: Server;
beforeAll( async () => {
	backend = await startBackend( { withWorker: false } );
	operator = await listenForOperator( backend.app );
} );
afterAll( async () => {
	operator.close();
	await backend.stop();
} );

const run = async ( ...options: string[] ) => {
	const file = fileURLToPath( new URL( '../command.ts', import.meta.url ) );
	const env = { PATH: process.env.PATH, EMAIL_GATEWAY_DATA_DIR: backend.app.config.dataDir };
	return ( await promisify( execFile )( process.execPath, [ file, ...options ], { env } ) ).stdout;
};

// turned round, hidden, a line of its own, the C1 form of an escape sequence
const nasty = 'bank\u202ecod.exe\u200b\u2028paired by the operator';
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\p{Cf}]/u;

test( 'what a site calls itself turns no line round on the terminal of an operator', async () => {
	const site = makeSiteClient( backend.audience, { siteUrl: 'https://example.com/\u202egro.knab' } );
	const { code } = await makePairingCode( backend.app.db, backend.app.vault );
	expect( await site.pair( code, { siteName: nasty } ) ).toMatchObject( { status: 200 } );
	const listed = await run( 'sites' );
	expect( listed ).not.toMatch( unseen );
	expect( listed ).toContain( '"bank\\u202ecod.exe\\u200b\\u2028paired by the operator"' );
	expect( listed ).toContain( 'https://example.com/\\u202egro.knab' );

	const [ id = '' ] = listed.split( '\t' );
	expect( await run( 'sites', 'expire', id, '30' ) ).not.toMatch( unseen );
} );

test( 'nor does what is in the record of a site, which stays the same JSON', async () => {
	const site = await backend.site( { siteUrl: 'https://audited.example.com' } );
	const login = 'ann\u202enna';
	await site.call( 'saveChannel', { body: webhookTo( 'https://hooks.example.com/in' ), actor: { login } } );
	const exported = await run( 'audit', 'export' );
	expect( exported ).not.toMatch( unseen );
	const entries = exported
		.trim()
		.split( '\n' )
		.map( ( line ) => JSON.parse( line ) as { actor: string } );
	expect( entries.map( ( { actor } ) => actor ) ).toContain( login );
} );

test( 'nor what is logged', () => {
	backend.app.log.info( { said: nasty }, 'a server said' );
	expect( backend.logged() ).toContain( 'cod.exe' );
	expect( backend.logged() ).not.toMatch( unseen );
} );
