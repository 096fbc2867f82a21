import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ar } from './ar.ts';
import { tar, type TarEntry } from './tar.ts';

let folder: string;
beforeAll( () => {
	folder = mkdtempSync( join( tmpdir(), 'deb-' ) );
} );
afterAll( () => rmSync( folder, { recursive: true } ) );

const madeAt = Date.UTC( 2026, 10, 30, 12 ) / 1000;
const long = `usr/lib/${ 'a-folder-with-a-long-name/'.repeat( 5 ) }file.js`;
const entries: TarEntry[] = [
	{ path: '', kind: 'folder', mode: 0o755 },
	{ path: 'usr', kind: 'folder', mode: 0o755 },
	{ path: 'usr/program', kind: 'file', mode: 0o755, data: Buffer.from( '#!/bin/sh\n' ) },
	{ path: long, kind: 'file', mode: 0o644, data: Buffer.from( 'x'.repeat( 700 ) ) },
	{ path: 'usr/link', kind: 'link', mode: 0o777, target: 'program' },
];

test( 'tar reads every entry back with its mode, its owner and its time', () => {
	const file = join( folder, 'a.tar' );
	writeFileSync( file, tar( entries, { madeAt } ) );
	const listed = execFileSync( 'tar', [ '-tvf', file ], { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } } );
	expect(
		listed
			.trim()
			.split( '\n' )
			.map( ( line ) => line.replace( / +/g, ' ' ) )
	).toEqual( [
		'drwxr-xr-x root/root 0 2026-11-30 12:00 ./',
		'drwxr-xr-x root/root 0 2026-11-30 12:00 ./usr/',
		`-rw-r--r-- root/root 700 2026-11-30 12:00 ./${ long }`,
		'lrwxrwxrwx root/root 0 2026-11-30 12:00 ./usr/link -> program',
		'-rwxr-xr-x root/root 10 2026-11-30 12:00 ./usr/program',
	] );
} );

test( 'the order in which files were found does not matter, and a name that does not fit is told', () => {
	expect( tar( [ ...entries ].reverse(), { madeAt } ).equals( tar( entries, { madeAt } ) ) ).toBe( true );
	const path = 'x'.repeat( 101 );
	expect( () => tar( [ { path, kind: 'file', mode: 0o644 } ], { madeAt } ) ).toThrow( 'too long' );
} );

test( 'dpkg reads the package', () => {
	const control = 'Package: a\nVersion: 1\nArchitecture: all\nMaintainer: A <a@example.org>\nDescription: a\n';
	const own: TarEntry = { path: 'control', kind: 'file', mode: 0o644, data: Buffer.from( control ) };
	const file = join( folder, 'a.deb' );
	writeFileSync(
		file,
		ar(
			[
				{ name: 'debian-binary', data: Buffer.from( '2.0\n' ) },
				{ name: 'control.tar.gz', data: gzipSync( tar( [ own ], { madeAt } ) ) },
				{ name: 'data.tar.gz', data: gzipSync( tar( entries, { madeAt } ) ) },
			],
			{ madeAt }
		)
	);
	expect( execFileSync( 'dpkg-deb', [ '--field', file, 'Package' ], { encoding: 'utf8' } ) ).toBe( 'a\n' );
	expect( execFileSync( 'dpkg-deb', [ '--contents', file ], { encoding: 'utf8' } ) ).toContain( './usr/program' );
} );
