import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { waitUntil } from '../wait.ts';
import { onEdit } from './on-edit.ts';

let folder: string;
let stop: AbortController;
let said: string[];
beforeEach( () => {
	folder = mkdtempSync( join( tmpdir(), 'on-edit-' ) );
	mkdirSync( join( folder, 'deep' ) );
	stop = new AbortController();
	said = [];
} );
afterEach( () => {
	stop.abort();
	rmSync( folder, { recursive: true } );
} );

const write = ( name: string, text = '' ) => writeFileSync( join( folder, name ), text );
const watchWith = ( act: ( attempt: AbortSignal ) => Promise< void > ) =>
	onEdit( [ folder ], { act, done: 'It runs', log: ( line ) => said.push( line ), signal: stop.signal } );
const until = ( what: string, check: () => boolean ) => waitUntil( what, async () => check(), { timeoutMs: 30_000 } );

test( 'acts after an edit of a program, of any kind and depth, and of nothing else', async () => {
	watchWith( async () => {} );
	for ( const name of [ 'some.test.ts', '.some.ts.swp', 'notes.md', 'deep/.hidden.ts' ] ) {
		write( name );
	}
	write( 'deep/facts.sh' );
	await until( 'The first', () => said.length === 1 );
	write( 'main.ts' );
	await until( 'The second', () => said.length === 2 );
	expect( said.map( ( line ) => line.replace( /\d+\.\d/, 'some' ) ) ).toEqual( [
		'It runs with deep/facts.sh (some s).',
		'It runs with main.ts (some s).',
	] );
} );

test( 'an edit in the middle of it begins it again', async () => {
	const begun: AbortSignal[] = [];
	watchWith( async ( attempt ) => {
		begun.push( attempt );
		if ( begun.length === 1 ) {
			write( 'second.ts' );
			await new Promise( ( _resolve, reject ) => {
				attempt.addEventListener( 'abort', () => reject( attempt.reason ) );
			} );
		}
	} );
	write( 'first.ts' );
	await until( 'The second', () => said.length > 0 );
	expect( begun.map( ( { aborted } ) => aborted ) ).toEqual( [ true, false ] );
	expect( said ).toEqual( [ expect.stringMatching( /^It runs with second\.ts/ ) ] );
} );

test( 'what goes wrong is said, and the next edit is tried', async () => {
	watchWith( async () => {
		if ( said.length === 0 ) {
			throw new Error( 'The backend ended while it started.' );
		}
	} );
	write( 'main.ts', 'broken' );
	await until( 'The error', () => said.length === 1 );
	write( 'main.ts', 'mended' );
	await until( 'The next', () => said.length === 2 );
	expect( said ).toEqual( [
		'The backend ended while it started.',
		expect.stringMatching( /^It runs with main\.ts/ ),
	] );
} );
