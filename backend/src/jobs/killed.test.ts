import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { askForCode, end, freePort, spawnBackend } from '../../test-fixtures/spawn-backend.ts';
import { connection, settings } from '../../test-fixtures/test-backend.ts';
import { makeSiteClient, type SiteClient } from '../../test-fixtures/site-client.ts';
import { seenFingerprint } from '../../test-fixtures/seen-fingerprint.ts';

let folder = '';
let env: Record< string, string > = {};
let process_: ChildProcess | undefined;
let site: SiteClient;

beforeAll( async () => {
	folder = mkdtempSync( join( tmpdir(), 'email-gateway-killed-' ) );
	env = { TEST_FOLDER: folder, EMAIL_GATEWAY_DATA_DIR: join( folder, 'data' ), PORT: String( await freePort() ) };
	process_ = await spawnBackend( env );
	site = makeSiteClient( `http://127.0.0.1:${ env.PORT }` );
	expect( ( await site.pair( await askForCode( env ) ) ).status ).toBe( 200 );
	const saved = await site.call( 'saveConnection', { serverId: 1, body: { connection } } );
	const { job } = await site.untilEnded( 1, saved.body.jobId );
	const trusted = await site.call( 'trustHostKey', {
		serverId: 1,
		body: { fingerprint: seenFingerprint( job ) },
	} );
	await site.untilEnded( 1, trusted.body.jobId );
	// ends in verify_failed: these servers stay bare. What matters is that there is something to remove.
	const installed = await site.call( 'installGateway', { serverId: 1, body: { settings } } );
	await site.untilEnded( 1, installed.body.jobId );
}, 120_000 );
afterEach( () => rmSync( join( folder, 'hold' ), { force: true } ) );
afterAll( async () => {
	await end( process_, 'SIGKILL' );
	rmSync( folder, { recursive: true, force: true } );
} );

const journal = () => readFileSync( join( folder, 'journal' ), 'utf8' );

/** A removal that waits in the middle of its change. */
async function beginRemoval(): Promise< string > {
	writeFileSync( join( folder, 'hold' ), '' );
	const { jobId } = ( await site.call( 'removeGateway', { serverId: 1, body: {} } ) ).body;
	for ( let waited = 0; ! journal().includes( `remove ${ jobId }` ); waited += 50 ) {
		expect( waited ).toBeLessThan( 10_000 );
		await delay( 50 );
	}
	await delay( 200 );
	return jobId;
}

describe( 'a backend that ends in the middle of a job', () => {
	test.each( [ 'SIGKILL', 'SIGTERM' ] as const )(
		'by %s goes on with it after its restart, in the same log',
		async ( signal ) => {
			const jobId = await beginRemoval();
			const endedAt = Date.now();
			const exitCode = await end( process_, signal );
			expect( exitCode ).toBe( signal === 'SIGTERM' ? 0 : null );
			expect( Date.now() - endedAt ).toBeLessThan( 10_000 );
			process_ = await spawnBackend( env );
			const restartedAt = Date.now();
			rmSync( join( folder, 'hold' ) );
			const { job, events } = await site.untilEnded( 1, jobId, { timeoutMs: 30_000 } );
			expect( job ).toMatchObject( { state: 'succeeded', result: { restored: 'exim4-daemon-light' } } );
			expect( events.map( ( { seq } ) => seq ) ).toEqual( events.map( ( _event, index ) => index + 1 ) );
			const told = events.map( ( event ) =>
				'step' in event ? `${ event.type } ${ event.step }` : event.type
			);
			expect( told.filter( ( line ) => line === 'taken_up_again' ) ).toHaveLength( 1 );
			expect( told.filter( ( line ) => /snapshot|restore/.test( line ) ) ).toEqual( [
				'step_started snapshot',
				'step_finished snapshot',
				'step_started restore',
				'step_finished restore',
			] );
			const takenUp = events.find( ( { type } ) => type === 'taken_up_again' );
			expect( Date.parse( takenUp!.at ) - restartedAt ).toBeLessThan( 15_000 );
		},
		90_000
	);

	test( 'its data folder is not given to a second process while it lives', async () => {
		await expect( spawnBackend( { ...env, PORT: '0' } ) ).rejects.toThrow( 'is in use by process' );
	}, 120_000 );
} );
