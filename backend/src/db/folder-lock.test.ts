import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFolder } from './folder-lock.ts';

let folder = '';
beforeEach( () => {
	folder = mkdtempSync( join( tmpdir(), 'email-gateway-lock-' ) );
} );
afterEach( () => rmSync( folder, { recursive: true } ) );
const leave = ( holder: unknown ) =>
	writeFileSync( join( folder, 'lock' ), typeof holder === 'string' ? holder : JSON.stringify( holder ) );

describe( 'the lock of the data folder', () => {
	test( 'is given once, and again after it was released', () => {
		const lock = lockFolder( folder );
		expect( () => lockFolder( folder ) ).toThrow( 'already open in this process' );
		lock.release();
		expect( existsSync( join( folder, 'lock' ) ) ).toBe( false );
		lockFolder( folder ).release();
	} );

	test( 'closes a folder that others could read: what the embedded database writes into it is open to all', () => {
		chmodSync( folder, 0o755 );
		lockFolder( folder ).release();
		expect( statSync( folder ).mode & 0o777 ).toBe( 0o700 );
	} );

	test( 'names the living process that has it', () => {
		const lock = lockFolder( folder );
		lock.release();
		leave( { pid: process.ppid, started: startOf( process.ppid ) } );
		expect( () => lockFolder( folder ) ).toThrow( `is in use by process ${ process.ppid }` );
	} );

	test.each( [
		[ 'of a process that is gone', { pid: 2 ** 22 + 1, started: '1' } ],
		[ 'of an earlier process whose id another one has now', { pid: process.ppid, started: '1' } ],
		[ 'half written when the power went', '{"pid":' ],
	] )( '%s counts for nothing', ( _what, holder ) => {
		leave( holder );
		lockFolder( folder ).release();
		expect( existsSync( join( folder, 'lock' ) ) ).toBe( false );
	} );
} );

function startOf( pid: number ): string {
	const stat = readFileSync( `/proc/${ pid }/stat`, 'latin1' );
	return stat.slice( stat.lastIndexOf( ')' ) + 2 ).split( ' ' )[ 19 ] ?? '';
}
