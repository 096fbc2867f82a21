import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { askForCode, end, freePort, spawnBackend } from '../../test-fixtures/spawn-backend.ts';
import { connection, settings } from '../../test-fixtures/test-backend.ts';
import { makeSiteClient, type SiteClient } from '../../test-fixtures/site-client.ts';
import { makeTestDatabase } from '../../test-fixtures/test-database.ts';
import { seenFingerprint } from '../../test-fixtures/seen-fingerprint.ts';

let database: Awaited< ReturnType< typeof makeTestDatabase > >;
let folder = '';
let processes: ChildProcess[] = [];
let envs: Record< string, string >[] = [];
let site: SiteClient;

beforeAll( async () => {
	database = await makeTestDatabase();
	folder = mkdtempSync( join( tmpdir(), 'email-gateway-two-' ) );
	const shared = {
		TEST_FOLDER: folder,
		DATABASE_URL: database.url,
		EMAIL_GATEWAY_MASTER_KEY_FILE: join( folder, 'key' ),
		EMAIL_GATEWAY_PUBLIC_URL: '',
	};
	const port = String( await freePort() );
	envs = [
		{ ...shared, PORT: port, EMAIL_GATEWAY_DATA_DIR: join( folder, 'a' ) },
		{ ...shared, PORT: '0', EMAIL_GATEWAY_DATA_DIR: join( folder, 'b' ) },
	];
	// both at once: migrations and the queue's own tables are made by whoever comes first
	processes = await Promise.all( envs.map( spawnBackend ) );
	site = makeSiteClient( `http://127.0.0.1:${ port }` );
	await site.pair( await askForCode( envs[ 0 ]! ) );
}, 120_000 );
afterAll( async () => {
	await Promise.all( processes.map( ( child ) => end( child, 'SIGKILL' ) ) );
	await database.drop();
	rmSync( folder, { recursive: true, force: true } );
}, 120_000 );

async function connect( serverId: number, host: string ): Promise< void > {
	const saved = await site.call( 'saveConnection', { serverId, body: { connection: { ...connection, host } } } );
	const { job } = await site.untilEnded( serverId, saved.body.jobId );
	const trusted = await site.call( 'trustHostKey', {
		serverId,
		body: { fingerprint: seenFingerprint( job ) },
	} );
	await site.untilEnded( serverId, trusted.body.jobId );
}

const journal = () =>
	readFileSync( join( folder, 'journal' ), 'utf8' )
		.trim()
		.split( '\n' )
		.map( ( line ) => line.split( ' ' ) as [ string, string, string ] );

describe( 'two backends on one PostgreSQL', () => {
	test( 'share the work and are never on one server at the same time', async () => {
		// six posts, but only three servers: two posts each lead to the same one
		const posts = [ 1, 2, 3, 4, 5, 6 ];
		await Promise.all( posts.map( ( serverId ) => connect( serverId, `203.0.113.${ serverId % 3 }` ) ) );
		const from = journal().length;
		const asked = await Promise.all(
			Array.from( { length: 48 }, ( _nothing, index ) => posts[ index % posts.length ]! ).map(
				async ( serverId, index ) => {
					const answer = await site.call( 'previewChanges', {
						serverId,
						body: { settings: { ...settings, note: String( index ) } },
					} );
					return { serverId, jobId: answer.body.jobId };
				}
			)
		);
		expect( new Set( asked.map( ( { jobId } ) => jobId ) ).size ).toBe( 48 );
		for ( const { serverId, jobId } of asked ) {
			expect( ( await site.untilEnded( serverId, jobId, { timeoutMs: 120_000 } ) ).job.state ).toBe(
				'succeeded'
			);
		}
		const lines = journal().slice( from );
		const on = new Map< string, string >();
		const overlaps: string[] = [];
		for ( const [ what, server, pid ] of lines ) {
			if ( what === 'begin' && on.has( server ) ) {
				overlaps.push( `${ server }: ${ pid } while ${ on.get( server ) }` );
			}
			if ( what === 'begin' ) {
				on.set( server, pid );
			} else {
				on.delete( server );
			}
		}
		expect( overlaps ).toEqual( [] );
		expect( lines.filter( ( [ what ] ) => what === 'begin' ) ).toHaveLength( 48 );
		expect( new Set( lines.map( ( [ , , pid ] ) => pid ) ).size ).toBe( 2 );
	}, 180_000 );

	test( 'the same click at both doors at once is one job', async () => {
		const clicks = await Promise.all(
			Array.from( { length: 12 }, () => site.call( 'previewChanges', { serverId: 1, body: { settings } } ) )
		);
		expect( clicks.map( ( { status } ) => status ) ).toEqual( Array( 12 ).fill( 202 ) );
		const jobIds = new Set( clicks.map( ( { body } ) => body.jobId ) );
		expect( jobIds.size ).toBeLessThanOrEqual( 2 );
		for ( const jobId of jobIds ) {
			await site.untilEnded( 1, jobId );
		}
	}, 120_000 );

	test( 'a job of the one that was killed is finished by the other within a quarter of a minute', async () => {
		await site
			.call( 'installGateway', { serverId: 1, body: { settings } } )
			.then( ( { body } ) => site.untilEnded( 1, body.jobId ) );
		writeFileSync( join( folder, 'hold' ), '' );
		const takenBy = async ( jobId: string ) => {
			for ( let waited = 0; waited < 10_000; waited += 50 ) {
				const line = journal().find( ( [ what, id ] ) => what === 'remove' && id === jobId );
				if ( line ) {
					return Number( line[ 2 ] );
				}
				await delay( 50 );
			}
			throw new Error( 'nobody took the job' );
		};
		const { jobId } = ( await site.call( 'removeGateway', { serverId: 1, body: {} } ) ).body;
		const holder = await takenBy( jobId );
		const victim = processes.findIndex( ( { pid } ) => pid === holder );
		await end( processes[ victim ], 'SIGKILL' );
		const killedAt = Date.now();
		// somebody must answer our questions; the door may have been the one that was killed
		processes[ victim ] = await spawnBackend( envs[ victim ]! );
		rmSync( join( folder, 'hold' ) );
		const { job, events } = await site.untilEnded( 1, jobId, { timeoutMs: 40_000 } );
		expect( job.state ).toBe( 'succeeded' );
		const takenUp = events.find( ( { type } ) => type === 'taken_up_again' );
		expect( Date.parse( takenUp!.at ) - killedAt ).toBeLessThan( 16_000 );
		expect( events.map( ( { seq } ) => seq ) ).toEqual( events.map( ( _event, index ) => index + 1 ) );
	}, 90_000 );
} );
