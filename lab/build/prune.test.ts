import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { asReleased, prune } from './prune.ts';

let folder = '';
beforeEach( () => {
	folder = mkdtempSync( join( tmpdir(), 'email-gateway-prune-' ) );
} );
afterEach( () => rmSync( folder, { recursive: true } ) );

const make = ( ...files: string[] ) =>
	files.forEach( ( file ) => {
		mkdirSync( dirname( join( folder, file ) ), { recursive: true } );
		writeFileSync( join( folder, file ), file );
	} );
const files = () =>
	readdirSync( folder, { recursive: true, withFileTypes: true } )
		.filter( ( entry ) => entry.isFile() )
		.map( ( entry ) => join( entry.parentPath, entry.name ).slice( folder.length + 1 ) )
		.sort();

test( 'of a package stays what runs, and its licence', async () => {
	const runs = [ 'a/index.js', 'a/package.json', 'a/data.json', 'a/db.wasm', 'a/LICENSE.md', 'a/docs/LICENSE' ];
	make( ...runs, 'a/index.js.map', 'a/index.d.ts', 'a/README.md', 'a/test/x.js', 'a/.github/x.yml', '.bin/a' );
	await prune( folder );
	expect( files() ).toEqual( [ ...runs ].sort() );
} );

test.each( [ '000', '022', '077' ] )( 'modes and times are the same after umask %s', async ( umask ) => {
	const inShell = `umask ${ umask }; mkdir -p bin src node_modules/a/bin; echo x > bin/email-gateway; echo x > src/main.ts; echo x > node_modules/a/bin/x`;
	execFileSync( 'sh', [ '-c', inShell ], { cwd: folder } );
	await asReleased( folder, { madeAt: 1_700_000_000 } );
	const told = [ 'bin', 'bin/email-gateway', 'src', 'src/main.ts', 'node_modules/a/bin/x', '' ].map( ( name ) => {
		const { mode, mtimeMs } = statSync( join( folder, name ) );
		return `${ name } ${ ( mode & 0o777 ).toString( 8 ) } ${ mtimeMs / 1000 }`;
	} );
	expect( told ).toEqual( [
		...[ 'bin 755 1700000000', 'bin/email-gateway 755 1700000000', 'src 755 1700000000' ],
		...[ 'src/main.ts 644 1700000000', 'node_modules/a/bin/x 644 1700000000', ' 755 1700000000' ],
	] );
} );
