import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { PgBoss } from 'pg-boss';
import { pino } from 'pino';
import type { Database } from '../db/database.ts';
import { openDatabase } from '../db/open-database.ts';
import { makeVault } from '../vault/vault.ts';
import { makeQueue, type Delivery, type Queue } from './queue.ts';

const log = pino( { level: 'silent' } );
const identity = 'the server';
let folder = '';
let database: Database;
let queue: Queue;

beforeEach( async () => {
	folder = mkdtempSync( join( tmpdir(), 'email-gateway-queue-' ) );
	const config = { databaseUrl: null, dataDir: folder, snapshotMinutes: 60, snapshotsKept: 1 };
	database = await openDatabase( config, { log, vault: makeVault( [ randomBytes( 32 ) ] ) } );
	queue = await makeQueue( database, { log, supervise: true } );
}, 60_000 );
afterEach( async () => {
	await queue.stop();
	await database.close();
	rmSync( folder, { recursive: true } );
} );

const send = async () => {
	const jobId = randomUUID();
	await database.db
		.transaction()
		.execute( ( tx ) => queue.send( tx, { jobId, identity, group: randomUUID(), isOneOfFew: false } ) );
	return jobId;
};

test( 'what a process had fetched when it was killed is delivered at the next start, and the next of its server after it', async () => {
	const jobIds = [ await send(), await send() ];
	// as a process that was killed before it wrote a word of it into our tables
	const killed = new PgBoss( { ...database.queueOptions, supervise: false, schedule: false } );
	expect( await killed.fetch( 'server_jobs' ) ).toHaveLength( 1 );
	const delivered: Pick< Delivery, 'jobId' | 'deliveredBefore' >[] = [];
	const both = Promise.withResolvers< void >();

	await queue.work(
		async ( { jobId, deliveredBefore } ) => {
			delivered.push( { jobId, deliveredBefore } );
			if ( delivered.length === 2 ) {
				both.resolve();
			}
		},
		{ jobsAtOnce: 2 }
	);

	await both.promise;
	expect( delivered ).toEqual( [
		{ jobId: jobIds[ 0 ], deliveredBefore: 1 },
		{ jobId: jobIds[ 1 ], deliveredBefore: 0 },
	] );
}, 20_000 );
