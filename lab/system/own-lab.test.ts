import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runInOwnLab } from './own-lab.ts';
import { labPath } from './paths.ts';

let folder: string;
beforeAll( () => {
	folder = mkdtempSync( join( tmpdir(), 'email-gateway-own-lab-' ) );
} );
afterAll( () => rmSync( folder, { recursive: true, force: true } ) );

const never = new AbortController().signal;
const script = ( text: string ) => {
	const file = join( folder, 'script.mjs' );
	writeFileSync( file, text );
	return file;
};

test( 'a script is told its lab, has the folder of that, and is answered', async () => {
	const file = script( `process.once( 'message', ( answer ) => {
		process.send( [ process.argv[ 2 ], process.env.EMAIL_GATEWAY_LAB_DIR, answer ] );
		process.disconnect();
	} );
	process.send( 'next' );` );
	const told: unknown[] = [];
	await runInOwnLab( file, 'debian12', {
		signal: never,
		onTold( message, answer ) {
			told.push( message );
			if ( message === 'next' ) {
				answer( { name: 'first' } );
			}
		},
	} );
	const ownFolder = expect.stringMatching( /-debian12$/ );
	expect( told ).toEqual( [ 'next', [ 'debian12', ownFolder, { name: 'first' } ] ] );
	expect( labPath ).not.toMatch( /-debian12$/ );
} );

test( 'one that ends with an exit code is no success', async () => {
	const ended = runInOwnLab( script( 'process.exit( 3 )' ), 'debian12', { signal: never, onTold() {} } );
	await expect( ended ).rejects.toThrow( 'The lab debian12 ended with 3' );
} );

test( 'an interruption asks it to end and waits until it has cleared up', async () => {
	const file = script( `process.once( 'SIGTERM', () => setTimeout( () => {
		process.send( 'cleared up' );
		process.disconnect();
	}, 300 ) );
	process.on( 'message', () => {} );
	process.send( 'begun' );` );
	const interrupted = new AbortController();
	const told: unknown[] = [];
	await runInOwnLab( file, 'debian12', {
		signal: interrupted.signal,
		onTold( message ) {
			told.push( message );
			interrupted.abort();
		},
	} );
	expect( told ).toEqual( [ 'begun', 'cleared up' ] );
} );
