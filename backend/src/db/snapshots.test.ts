import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PGlite } from '@electric-sql/pglite';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { copyOf } from './open-embedded.ts';
import { keepSnapshots, lastBeforeUpgrade, restoreIfAsked } from './snapshots.ts';

let folder = '';
let dataDir = '';
beforeAll( () => {
	folder = mkdtempSync( join( tmpdir(), 'email-gateway-snapshots-' ) );
	dataDir = join( folder, 'data' );
	mkdirSync( dataDir );
} );
afterAll( () => rmSync( folder, { recursive: true } ) );

const names = ( of: string ) => readdirSync( join( of, 'snapshots' ) ).sort();
const never = ( error: unknown ) => {
	throw error;
};

test( 'the newest snapshots are kept, and one of them brings the data back', async () => {
	const database = join( dataDir, 'database' );
	mkdirSync( database );
	const pglite = await PGlite.create( { dataDir: database } );
	await pglite.exec( 'create table words (word text)' );
	const snapshots = keepSnapshots(
		{ write: copyOf( pglite ), suffix: '.tar.gz' },
		{ dataDir, snapshotMinutes: 0, snapshotsKept: 2 },
		never
	);
	for ( const word of [ 'one', 'two', 'three' ] ) {
		await pglite.query( 'insert into words values ($1)', [ word ] );
		await snapshots.take();
	}
	await snapshots.stop();
	await pglite.close();
	const kept = names( dataDir );
	expect( kept ).toHaveLength( 2 );
	expect( statSync( join( dataDir, 'snapshots', kept[ 0 ]! ) ).mode & 0o777 ).toBe( 0o600 );

	renameSync( join( dataDir, 'snapshots', kept[ 0 ]! ), join( dataDir, 'restore.tar.gz' ) );
	expect( () => restoreIfAsked( dataDir, database ) ).toThrow( 'not empty' );
	rmSync( database, { recursive: true } );
	mkdirSync( database );
	const restored = await PGlite.create( { dataDir: database, ...restoreIfAsked( dataDir, database ) } );
	expect( ( await restored.query( 'select word from words' ) ).rows ).toEqual( [ { word: 'one' }, { word: 'two' } ] );
	await restored.close();
	expect( restoreIfAsked( dataDir, database ) ).toEqual( {} );
}, 120_000 );

/** Takes snapshots whose bytes are nothing but their number. */
function counting( of: string, snapshotMinutes = 0 ) {
	let count = 0;
	const failures: unknown[] = [];
	const write = async ( file: string ) => {
		if ( ++count === 2 && snapshotMinutes ) {
			writeFileSync( file, 'half' );
			throw new Error( 'the disk is full' );
		}
		writeFileSync( file, `${ count }`, { flag: 'wx' } );
		// no two in one millisecond
		await new Promise( ( resolve ) => setTimeout( resolve, 3 ) );
	};
	const snapshots = keepSnapshots(
		{ write, suffix: '.dump' },
		{ dataDir: of, snapshotMinutes, snapshotsKept: 3 },
		( error ) => failures.push( error )
	);
	return { snapshots, failures, count: () => count };
}

test( 'the one from before an upgrade is not pushed out by the hours after it', async () => {
	const of = join( folder, 'upgraded' );
	expect( lastBeforeUpgrade( of ) ).toBeNull();
	const { snapshots } = counting( of );
	const paths: string[] = [];
	for ( let upgrade = 0; upgrade < 3; upgrade++ ) {
		paths.push( await snapshots.take( { beforeUpgrade: true } ) );
		// all at once: none takes away what another is writing
		await Promise.all( Array.from( { length: 5 }, () => snapshots.take() ) );
	}
	expect( names( of ).filter( ( name ) => name.startsWith( 'before-upgrade-' ) ) ).toEqual(
		paths.slice( 1 ).map( ( path ) => basename( path ) )
	);
	expect( names( of ).filter( ( name ) => /^\d/.test( name ) ) ).toHaveLength( 3 );
	expect( lastBeforeUpgrade( of ) ).toBe( paths[ 2 ] );
} );

test( 'one is taken each time that the minutes are over; one that failed leaves nothing, and the next is taken', async () => {
	const of = join( folder, 'hourly' );
	const { snapshots, failures, count } = counting( of, 0.001 );
	while ( count() < 4 ) {
		await new Promise( ( resolve ) => setTimeout( resolve, 20 ) );
	}
	await snapshots.stop();
	const taken = count();
	expect( failures ).toEqual( [ new Error( 'the disk is full' ) ] );
	expect( names( of ) ).toHaveLength( 3 );
	await new Promise( ( resolve ) => setTimeout( resolve, 150 ) );
	expect( count() ).toBe( taken );
	expect( existsSync( join( of, 'snapshots' ) ) ).toBe( true );
} );
