// Backups are made and put back by the command line itself, each time in a process of its own.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	readdirSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { copyEmptyDatabase } from '../../test-fixtures/empty-database.ts';
import { makeSiteClient, type SiteClient } from '../../test-fixtures/site-client.ts';
import { askForCode, end, freePort, spawnBackend } from '../../test-fixtures/spawn-backend.ts';

jest.setTimeout( 180_000 );

const program = fileURLToPath( new URL( '../command.ts', import.meta.url ) );
let folder = '';
let env: Record< string, string > = {};
let backend: ChildProcess | undefined;
let site: SiteClient;

async function command( words: string[], changed: Record< string, string > = {} ) {
	const child = spawn( process.execPath, [ program, ...words ], {
		env: { PATH: process.env.PATH, ...env, ...changed },
	} );
	const said = { stdout: '', stderr: '' };
	child.stdout.on( 'data', ( chunk ) => ( said.stdout += chunk ) );
	child.stderr.on( 'data', ( chunk ) => ( said.stderr += chunk ) );
	const [ code ] = await once( child, 'close' );
	return { code, ...said };
}

beforeAll( async () => {
	folder = mkdtempSync( join( tmpdir(), 'email-gateway-restore-' ) );
	mkdirSync( join( folder, 'etc' ) );
	const port = String( await freePort() );
	env = {
		TEST_FOLDER: folder,
		PORT: port,
		EMAIL_GATEWAY_DATA_DIR: join( folder, 'data' ),
		EMAIL_GATEWAY_MASTER_KEY_FILE: join( folder, 'etc/master.key' ),
	};
	mkdirSync( join( folder, 'data' ), { mode: 0o700 } );
	copyEmptyDatabase( join( folder, 'data/database' ) );
	backend = await spawnBackend( env );
	site = makeSiteClient( `http://127.0.0.1:${ port }` );
	await site.pair( await askForCode( env ) );
} );
afterAll( async () => {
	await end( backend, 'SIGKILL' );
	rmSync( folder, { recursive: true, force: true } );
} );

const sitesOf = async ( changed: Record< string, string > = {} ) =>
	( await command( [ 'sites' ], changed ) ).stdout.trim().split( '\n' );

describe( 'a backup', () => {
	test( 'is made while the backend runs: two files, both for their owner alone', async () => {
		const { code, stdout, stderr } = await command( [ 'backup', join( folder, 'saved' ) ] );
		expect( [ stderr, code ] ).toEqual( [ 'Keep these two files apart: together they hold every password.\n', 0 ] );
		expect( stdout.trim().split( '\n' ) ).toEqual( [ join( folder, 'saved' ), join( folder, 'saved.key' ) ] );
		expect( statSync( join( folder, 'saved' ) ).mode & 0o777 ).toBe( 0o600 );
		expect( statSync( join( folder, 'saved.key' ) ).mode & 0o777 ).toBe( 0o600 );
		expect( ( await command( [ 'backup', join( folder, 'saved' ) ] ) ).stderr ).toContain( 'is there already' );
	} );

	test( 'is not put back under a running backend', async () => {
		const { code, stderr } = await command( [ 'restore', join( folder, 'saved' ) ] );
		expect( [ code, stderr ] ).toEqual( [
			1,
			expect.stringContaining( 'The backend is running: systemctl stop' ),
		] );
	} );

	test( 'is put back on another machine, key and all, and its site is let in with the key that it has', async () => {
		const other = join( folder, 'other' );
		mkdirSync( join( other, 'etc' ), { recursive: true } );
		const there = {
			EMAIL_GATEWAY_DATA_DIR: join( other, 'data' ),
			EMAIL_GATEWAY_MASTER_KEY_FILE: join( other, 'etc/master.key' ),
		};
		await end( backend, 'SIGTERM' );
		const { code, stderr } = await command( [ 'restore', join( folder, 'saved' ) ], there );
		expect( [ stderr, code ] ).toEqual( [ expect.stringContaining( 'The backup is restored.' ), 0 ] );
		backend = await spawnBackend( { ...env, ...there } );
		expect( await sitesOf( there ) ).toEqual( [ expect.stringContaining( 'https://site.example.com' ) ] );
		expect( ( await site.call( 'readSite' ) ).status ).toBe( 200 );
		expect( ( await fetch( `http://127.0.0.1:${ env.PORT }/ready` ) ).status ).toBe( 200 );
		await end( backend, 'SIGTERM' );
	} );

	test( 'with another key changes nothing', async () => {
		const key = readFileSync( join( folder, 'etc/master.key' ), 'utf8' );
		cpSync( join( folder, 'saved' ), join( folder, 'alone' ) );
		writeFileSync( join( folder, 'wrong.key' ), `${ Buffer.alloc( 32, 7 ).toString( 'base64' ) }\n` );
		const before = readdirSync( join( folder, 'data' ) ).sort();
		const { code, stderr } = await command( [
			'restore',
			join( folder, 'alone' ),
			'--key',
			join( folder, 'wrong.key' ),
		] );
		expect( [ code, stderr ] ).toEqual( [ 1, expect.stringContaining( 'The master key does not open' ) ] );
		expect( readdirSync( join( folder, 'data' ) ).sort() ).toEqual( before );
		expect( readFileSync( join( folder, 'etc/master.key' ), 'utf8' ) ).toBe( key );
	} );

	test( 'keeps what was there beside it, and the backend starts on what was put back', async () => {
		const { code } = await command( [ 'restore', join( folder, 'saved' ) ] );
		expect( code ).toBe( 0 );
		expect(
			readdirSync( join( folder, 'data' ) ).filter( ( name ) => name.startsWith( 'database-before-' ) )
		).toHaveLength( 1 );
		backend = await spawnBackend( env );
		expect( await sitesOf() ).toHaveLength( 1 );
		expect( existsSync( join( folder, 'data/database' ) ) ).toBe( true );
	} );
} );

describe( 'the command line', () => {
	test( 'lists its words, shows one with examples, and refuses what it does not know', async () => {
		const { stdout, code } = await command( [ '--help' ] );
		expect( code ).toBe( 0 );
		const words = [ 'pair', 'sites', 'doctor', 'check-config', 'backup', 'restore', 'reseal', 'audit', 'version' ];
		for ( const word of words ) {
			expect( stdout ).toMatch( new RegExp( `^  ${ word } `, 'm' ) );
			expect( ( await command( [ word, '--help' ] ) ).stdout ).toMatch( /For example:\n {2}\w/ );
		}
		expect( await command( [ 'par' ] ) ).toMatchObject( {
			code: 2,
			stderr: expect.stringContaining( 'does not know par' ),
		} );
		expect( await command( [ 'pair', 'now' ] ) ).toMatchObject( {
			code: 2,
			stderr: expect.stringContaining( 'no argument' ),
		} );
	} );

	test( 'pair prints one line: the address, a blank, the code', async () => {
		expect( ( await command( [ 'pair' ] ) ).stdout ).toMatch(
			new RegExp( `^http://127.0.0.1:${ env.PORT } [0-9A-Z-]{39}\n$` )
		);
	} );

	test( 'reads its settings from a file, as systemd does, and prints no password of them', async () => {
		const file = join( folder, 'backend.env' );
		writeFileSync( file, '# one\n\nPORT="8026"\nDATABASE_URL=postgres://ann:s%23ec&ret@localhost/x\n' );
		const { stdout } = await command( [ '--settings', file, 'check-config' ] );
		expect( stdout ).toContain( 'PORT=8026\n' );
		expect( stdout ).toContain( 'DATABASE_URL=postgres://ann:***@localhost/x' );
		writeFileSync( file, 'EMAIL_GATEWAY_PROT=1\n' );
		expect( await command( [ '--settings', file, 'check-config' ] ) ).toMatchObject( {
			code: 1,
			stderr: expect.stringContaining( 'EMAIL_GATEWAY_PROT' ),
		} );
	} );
} );
