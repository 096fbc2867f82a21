import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PGlite } from '@electric-sql/pglite';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeLogger } from '../logger.ts';
import { keepSnapshots, restoreIfAsked } from './snapshots.ts';

let dataDir = '';
beforeAll( () => {
	dataDir = mkdtempSync( join( tmpdir(), 'email-gateway-snapshots-' ) );
} );
afterAll( () => rmSync( dataDir, { recursive: true } ) );

test( 'the newest snapshots are kept, and one of them brings the data back', async () => {
	const folder = join( dataDir, 'database' );
	mkdirSync( folder );
	const pglite = await PGlite.create( { dataDir: folder } );
	await pglite.exec( 'create table words (word text)' );
	const snapshots = keepSnapshots(
		pglite,
		{ dataDir, snapshotMinutes: 0, snapshotsKept: 2 },
		{ log: makeLogger( { level: 'silent' } ) }
	);
	for ( const word of [ 'one', 'two', 'three' ] ) {
		await pglite.query( 'insert into words values ($1)', [ word ] );
		await snapshots.take();
	}
	await snapshots.stop();
	await pglite.close();
	const kept = readdirSync( join( dataDir, 'snapshots' ) ).sort();
	expect( kept ).toHaveLength( 2 );

	renameSync( join( dataDir, 'snapshots', kept[ 0 ]! ), join( dataDir, 'restore.tar.gz' ) );
	expect( () => restoreIfAsked( dataDir, folder ) ).toThrow( 'not empty' );
	rmSync( folder, { recursive: true } );
	mkdirSync( folder );
	const restored = await PGlite.create( { dataDir: folder, ...restoreIfAsked( dataDir, folder ) } );
	expect( ( await restored.query( 'select word from words' ) ).rows ).toEqual( [ { word: 'one' }, { word: 'two' } ] );
	await restored.close();
	expect( restoreIfAsked( dataDir, folder ) ).toEqual( {} );
}, 120_000 );
