import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { whileEdited } from './while-edited.ts';

let folder: string;
let file: string;
beforeEach( () => {
	folder = mkdtempSync( join( tmpdir(), 'edited-' ) );
	file = join( folder, 'file.ts' );
	writeFileSync( file, 'before' );
} );
afterEach( () => rmSync( folder, { recursive: true } ) );

const read = () => readFileSync( file, 'utf8' );
const edit = ( text: string ) => `${ text }, edited`;

test( 'the file is edited during the work, and afterwards as it was', async () => {
	expect( await whileEdited( file, edit, async () => read() ) ).toBe( 'before, edited' );
	expect( read() ).toBe( 'before' );
} );

test( 'an error puts it back, too', async () => {
	await expect(
		whileEdited( file, edit, async () => {
			throw new Error( 'It broke.' );
		} )
	).rejects.toThrow( 'It broke.' );
	expect( read() ).toBe( 'before' );
} );

test( 'what a person saved in it meanwhile stays', async () => {
	await whileEdited( file, edit, async () => writeFileSync( file, 'by a person' ) );
	expect( read() ).toBe( 'by a person' );
} );

test( 'Ctrl-C puts it back, however the process ends then', async () => {
	const script = `
		import { whileEdited } from ${ JSON.stringify( join( import.meta.dirname, 'while-edited.ts' ) ) };
		process.on( 'SIGINT', () => process.exit( 130 ) );
		setInterval( () => {}, 1000 );
		void whileEdited( ${ JSON.stringify( file ) }, ( text ) => text + ', edited', () => {
			console.log( 'edited' );
			return new Promise( () => {} );
		} );`;
	const child = spawn( process.execPath, [ '--input-type=module', '-e', script ], {
		stdio: [ 'ignore', 'pipe', 'inherit' ],
	} );
	await once( child.stdout, 'data' );
	expect( read() ).toBe( 'before, edited' );
	child.kill( 'SIGINT' );
	await once( child, 'exit' );
	expect( read() ).toBe( 'before' );
} );
