import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { zip } from './zip.ts';

let folder: string;
beforeAll( () => {
	folder = mkdtempSync( join( tmpdir(), 'zip-' ) );
} );
afterAll( () => rmSync( folder, { recursive: true } ) );

const entries = [
	{ path: 'plugin/zweite.txt', data: Buffer.from( 'x'.repeat( 5_000 ) ) },
	{ path: 'plugin/größe.php', data: Buffer.from( '<?php // ü' ) },
	{ path: 'plugin/empty', data: Buffer.alloc( 0 ) },
];

test( 'what WordPress unpacks with reads every file back as it was', () => {
	const file = join( folder, 'a.zip' );
	writeFileSync( file, zip( entries ) );
	// PHP's ZipArchive: what WordPress unpacks an upload with.
	const script = `
		$zip = new ZipArchive();
		$zip->open( $argv[1], ZipArchive::CHECKCONS ) === true || exit( 1 );
		for ( $i = 0; $i < $zip->numFiles; $i++ ) {
			$read[ $zip->getNameIndex( $i ) ] = $zip->getFromIndex( $i );
		}
		echo json_encode( $read );`;
	const read = JSON.parse( execFileSync( 'php', [ '-r', script, file ], { encoding: 'utf8' } ) ) as Record<
		string,
		string
	>;
	expect( read ).toEqual( Object.fromEntries( entries.map( ( { path, data } ) => [ path, data.toString() ] ) ) );
} );

test( 'the order in which files were found does not matter', () => {
	expect( zip( [ ...entries ].reverse() ).equals( zip( entries ) ) ).toBe( true );
} );
