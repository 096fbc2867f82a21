import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isKeyBesideData, readMasterKeys } from './master-key.ts';

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

	test( 'that systemd lent is taken although its access list shows as a right of the group', () => {
		read( join( folder, 'key' ) );
		chmodSync( join( folder, 'key' ), 0o440 );
		const masterKey = { kind: 'file', path: join( folder, 'key' ), isCredential: true } as const;
		expect( readMasterKeys( { masterKey, dataDir: join( folder, 'data' ) } )[ 0 ] ).toHaveLength( 32 );
	} );

	test( 'beside the embedded database is told, elsewhere or beside PostgreSQL is not', () => {
		mkdirSync( join( folder, 'elsewhere' ) );
		const beside = ( path: string, databaseUrl: string | null = null ) => {
			read( path );
			const dataDir = join( folder, 'data' );
			return isKeyBesideData( { masterKey: { kind: 'file', path }, dataDir, databaseUrl } );
		};
		expect( beside( join( folder, 'data.key' ) ) ).toBe( true );
		expect( beside( join( folder, 'elsewhere', 'key' ) ) ).toBe( false );
		expect( beside( join( folder, 'data.key' ), 'postgres://localhost/x' ) ).toBe( false );
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
