import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSiteClient } from '../../test-fixtures/site-client.ts';
import { askForCode, end, freePort, spawnBackend } from '../../test-fixtures/spawn-backend.ts';
import { connection } from '../../test-fixtures/test-backend.ts';
import { makeTestDatabase } from '../../test-fixtures/test-database.ts';

let database: Awaited< ReturnType< typeof makeTestDatabase > >;
let folder = '';
let audience = '';
let processes: ChildProcess[] = [];
let env: Record< string, string > = {};

beforeAll( async () => {
	database = await makeTestDatabase();
	folder = mkdtempSync( join( tmpdir(), 'email-gateway-silent-' ) );
	const port = String( await freePort() );
	audience = `http://127.0.0.1:${ port }`;
	env = {
		TEST_FOLDER: folder,
		DATABASE_URL: database.url,
		EMAIL_GATEWAY_MASTER_KEY_FILE: join( folder, 'key' ),
		EMAIL_GATEWAY_PUBLIC_URL: audience,
		EMAIL_GATEWAY_DATA_DIR: join( folder, 'web' ),
		EMAIL_GATEWAY_JOBS_AT_ONCE: '4',
		PORT: port,
	};
	writeFileSync( join( folder, 'silent' ), '' );
	processes = await Promise.all( [
		spawnBackend( { ...env, EMAIL_GATEWAY_ROLE: 'web' } ),
		spawnBackend( { ...env, EMAIL_GATEWAY_ROLE: 'worker', EMAIL_GATEWAY_DATA_DIR: join( folder, 'worker' ) } ),
	] );
}, 120_000 );
afterAll( async () => {
	await Promise.all( processes.map( ( child ) => end( child, 'SIGKILL' ) ) );
	await database.drop();
	rmSync( folder, { recursive: true, force: true } );
}, 120_000 );

const silent = { connection: { ...connection, host: '203.0.113.66' } };
const answering = { connection: { ...connection, host: '203.0.113.5' } };
const customer = ( login: string, userId: number ) => ( {
	...{ userId, login },
	may: [ 'change_connection' as const, 'run_gateway' as const ],
} );
const pair = async ( siteUrl: string ) => {
	const site = makeSiteClient( audience, { siteUrl } );
	await site.pair( await askForCode( env ) );
	return site;
};

test( 'servers of one customer that never answer slow neither other customers nor administrators nor other sites', async () => {
	const site = await pair( 'https://shop.example.com' );
	const mallory = customer( 'mallory', 7 );
	const posts = Array.from( { length: 12 }, ( _, index ) => 100 + index );
	const hers = await Promise.all(
		posts.map( async ( serverId ) => {
			const { body } = await site.call( 'saveConnection', { serverId, body: silent, actor: mallory } );
			return { serverId, jobId: body.jobId };
		} )
	);

	const asked = { serverId: 1, body: answering, actor: customer( 'ann', 8 ) };
	const annes = ( await site.call( 'saveConnection', asked ) ).body.jobId;
	expect( ( await site.untilEnded( 1, annes ) ).job.error?.code ).toBe( 'host_key_unknown' );

	// two of three shares of the site's administrators are held as well
	for ( const serverId of [ 201, 202 ] ) {
		await site.call( 'saveConnection', { serverId, body: silent } );
	}
	const other = await pair( 'https://other.example.com' );
	const theirs = ( await other.call( 'saveConnection', { serverId: 1, body: answering } ) ).body.jobId;
	expect( ( await other.untilEnded( 1, theirs ) ).job.error?.code ).toBe( 'host_key_unknown' );
	const states = await Promise.all(
		hers.map( async ( { serverId, jobId } ) => {
			return ( await site.call( 'readJob', { serverId, jobId } ) ).body.job.state;
		} )
	);
	// hers wait for each other all the while: one is being tried
	expect( states.filter( ( state ) => state === 'running' ) ).toHaveLength( 1 );
	expect( states.filter( ( state ) => state === 'queued' ) ).toHaveLength( 11 );

	rmSync( join( folder, 'silent' ) );
	for ( const { serverId, jobId } of hers ) {
		expect( ( await site.untilEnded( serverId, jobId ) ).job.state ).toBe( 'failed' );
	}
}, 120_000 );
