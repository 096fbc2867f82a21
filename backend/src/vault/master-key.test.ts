import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMasterKeys } from './master-key.ts';

let folder = '';
beforeEach( () => {
	folder = mkdtempSync( join( tmpdir(), 'email-gateway-key-' ) );
} );
afterEach( () => rmSync( folder, { recursive: true } ) );
const read = ( path: string ) =>
	readMasterKeys( { masterKey: { kind: 'file', path }, dataDir: join( folder, 'data' ) } );

describe( 'the master key', () => {
	test( 'is made at the first start for its owner alone, and read at the second', () => {
		const [ made ] = read( join( folder, 'key' ) );
		expect( made ).toHaveLength( 32 );
		expect( statSync( join( folder, 'key' ) ).mode & 0o777 ).toBe( 0o600 );
		expect( read( join( folder, 'key' ) ) ).toEqual( [ made ] );
	} );

	test( 'is refused inside the data folder, also through a link', () => {
		expect( () => read( join( folder, 'data', 'key' ) ) ).toThrow( 'inside the data folder' );
		symlinkSync( join( folder, 'data' ), join( folder, 'elsewhere' ) );
		expect( () => read( join( folder, 'elsewhere', 'key' ) ) ).toThrow( 'inside the data folder' );
	} );

	test( 'is refused when others can read it', () => {
		read( join( folder, 'key' ) );
		chmodSync( join( folder, 'key' ), 0o644 );
		expect( () => read( join( folder, 'key' ) ) ).toThrow( 'chmod 600' );
	} );

	test( 'a new key above the old one seals, the old one still opens', () => {
		const [ older ] = read( join( folder, 'key' ) );
		const newer = Buffer.alloc( 32, 7 );
		writeFileSync(
			join( folder, 'key' ),
			`${ newer.toString( 'base64' ) }\n${ readFileSync( join( folder, 'key' ), 'utf8' ) }`
		);
		expect( read( join( folder, 'key' ) ) ).toEqual( [ newer, older ] );
	} );

	test( 'anything but 32 bytes is refused', () => {
		writeFileSync( join( folder, 'key' ), 'c2hvcnQ=\n', { mode: 0o600 } );
		expect( () => read( join( folder, 'key' ) ) ).toThrow( '32 bytes' );
	} );
} );
