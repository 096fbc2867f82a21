import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { freePort } from '../../test-fixtures/spawn-backend.ts';
import { startBackend } from '../../test-fixtures/test-backend.ts';
import { readConfig } from '../config.ts';
import { makeTestCertificates } from '../mail/test-certificates.ts';
import { examine, refuseBroken } from './doctor.ts';
import { checkPublicUrl } from './public-url.ts';
import { checkClock, checkDisk, checkNode, checkSnapshots } from './this-machine.ts';

// Set-ups that are broken, each in one way, and what the doctor says of it.

let folder = '';
let env: Record< string, string > = {};
const servers: Server[] = [];
beforeEach( () => {
	folder = mkdtempSync( join( tmpdir(), 'email-gateway-doctor-' ) );
	mkdirSync( join( folder, 'etc' ) );
	env = {
		EMAIL_GATEWAY_DATA_DIR: join( folder, 'data' ),
		EMAIL_GATEWAY_MASTER_KEY_FILE: join( folder, 'etc/master.key' ),
	};
	writeFileSync( join( folder, 'etc/master.key' ), `${ randomBytes( 32 ).toString( 'base64' ) }\n`, { mode: 0o600 } );
} );
afterEach( () => {
	servers.splice( 0 ).forEach( ( server ) => server.close() );
	rmSync( folder, { recursive: true } );
} );

/** What it calls a problem, each with its advice. */
async function problems(): Promise< string[] > {
	const found = await examine( env );
	return found
		.filter( ( { state } ) => state === 'problem' )
		.map( ( { check, told, advice } ) => `${ check }: ${ told } ${ advice }` );
}

const listening = async ( server: Server ) => {
	servers.push( server );
	await once( server.listen( 0, '127.0.0.1' ), 'listening' );
	return ( server.address() as AddressInfo ).port;
};

test( 'a set-up that is whole has no problem', async () => {
	expect( await problems() ).toEqual( [] );
} );

describe( 'broken set-ups', () => {
	test( '1: a Node that is too old', () => {
		expect( checkNode( 'v20.19.2' ) ).toMatchObject( {
			state: 'problem',
			told: expect.stringContaining( 'v20.19.2' ),
		} );
		expect( () => refuseBroken( readConfig( env ), 'v20.19.2' ) ).toThrow(
			/24 or newer is needed\. The Debian package/
		);
	} );

	test.each( [
		[
			'2: a misspelt setting',
			{ EMAIL_GATEWAY_PUBLIC_ULR: 'https://a.example' },
			/ULR: there is no such.*_PUBLIC_URL\?/,
		],
		[ '3: a setting of another product', { EMAILGATEWAY_ROLE: 'web' }, /Did you mean EMAIL_GATEWAY_ROLE\?/ ],
		[ '4: a public address without https', { EMAIL_GATEWAY_PUBLIC_URL: 'http://a.example' }, /must be https/ ],
		[ '5: open to every machine without https', { HOST: '0.0.0.0' }, /HOST: only an address of this machine/ ],
		[ '6: a port that is none', { PORT: '80250' }, /PORT/ ],
		[ '7: a database of another kind', { DATABASE_URL: 'mysql://localhost/x' }, /DATABASE_URL/ ],
	] )( '%s', async ( _name, wrong, told ) => {
		Object.assign( env, wrong );
		expect( await problems() ).toEqual( [ expect.stringMatching( told ) ] );
	} );

	test( '21: a disk that is full, and one that soon is', () => {
		expect( checkDisk( '/data', 1024 * 1024 ) ).toMatchObject( {
			state: 'problem',
			advice: expect.stringContaining( 'Free at least 50 MiB' ),
		} );
		expect( checkDisk( '/data', 100 * 1024 * 1024 ).state ).toBe( 'warning' );
	} );

	test( '22: a clock that is years behind, or not that of the database', () => {
		const madeAt = Date.UTC( 2026, 10, 30 );
		expect( checkClock( { now: Date.UTC( 2020, 0, 1 ), madeAt } ).state ).toBe( 'problem' );
		const now = madeAt + 1000;
		expect( checkClock( { now, madeAt, database: now + 120_000 } ) ).toMatchObject( {
			state: 'warning',
			told: expect.stringContaining( '120 s' ),
		} );
		expect( checkClock( { now, madeAt, database: now } ).state ).toBe( 'fine' );
	} );

	test( '23: PostgreSQL without the program that takes its snapshots, and snapshots that were switched off', () => {
		const databaseUrl = 'postgres://a@localhost/x';
		expect( checkSnapshots( { databaseUrl, snapshotMinutes: 60 }, `${ folder }:/nowhere` ) ).toMatchObject( {
			state: 'warning',
			advice: expect.stringContaining( 'apt-get install postgresql-client' ),
		} );
		writeFileSync( join( folder, 'pg_dump' ), '' );
		expect( checkSnapshots( { databaseUrl, snapshotMinutes: 60 }, `/nowhere:${ folder }` ).state ).toBe( 'fine' );
		expect( checkSnapshots( { databaseUrl: null, snapshotMinutes: 60 }, '' ).state ).toBe( 'fine' );
		expect( checkSnapshots( { databaseUrl: null, snapshotMinutes: 0 }, '' ).state ).toBe( 'warning' );
	} );

	test( '24: a public address where nothing listens', async () => {
		const { told } = await checkPublicUrl( `http://127.0.0.1:${ await freePort() }`, 'me' );
		expect( told ).toMatch( /cannot be reached \(ECONNREFUSED\)/ );
	} );

	test( '25: a public address that leads to something else, or to another backend', async () => {
		const other = await listening(
			createServer( ( _request, response ) => response.writeHead( 404 ).end( 'nginx' ) )
		);
		expect( await checkPublicUrl( `http://127.0.0.1:${ other }`, 'me' ) ).toMatchObject( {
			state: 'problem',
			told: expect.stringContaining( 'answers with 404' ),
			advice: expect.stringContaining( 'pass every path on unchanged' ),
		} );
		const backend = await startBackend( { withWorker: false } );
		const { told } = await checkPublicUrl( backend.audience, 'me' );
		await backend.stop();
		expect( told ).toContain( 'leads to another backend' );
	} );

	test( '26: a certificate that is not trusted', async () => {
		const { key, cert } = makeTestCertificates( '127.0.0.1' ).untrusted;
		const port = await listening(
			createTlsServer( { key, cert }, ( _request, response ) => response.end() ) as Server
		);
		expect( await checkPublicUrl( `https://127.0.0.1:${ port }`, 'me' ) ).toMatchObject( {
			state: 'problem',
			told: expect.stringMatching( /certificate of .* is not trusted/ ),
			advice: expect.stringContaining( 'NODE_EXTRA_CA_CERTS' ),
		} );
	} );
} );

test( 'a start that is refused says why in one line, and ends so that the unit does not try it again', () => {
	const main = new URL( '../main.ts', import.meta.url ).pathname;
	const started = spawnSync( process.execPath, [ main ], {
		env: { PATH: process.env.PATH, ...env, EMAIL_GATEWAY_JOBS_AT_ONE: '4' },
		encoding: 'utf8',
	} );
	expect( started.status ).toBe( 78 );
	expect( started.stderr ).toBe(
		'EMAIL_GATEWAY_JOBS_AT_ONE: there is no such setting. Did you mean EMAIL_GATEWAY_JOBS_AT_ONCE?\n'
	);
} );
