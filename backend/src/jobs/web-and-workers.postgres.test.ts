import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makeSiteClient, type SiteClient } from '../../test-fixtures/site-client.ts';
import { askForCode, end, freePort, spawnBackend } from '../../test-fixtures/spawn-backend.ts';
import { connection, settings } from '../../test-fixtures/test-backend.ts';
import { makeTestDatabase } from '../../test-fixtures/test-database.ts';
import { seenFingerprint } from '../../test-fixtures/seen-fingerprint.ts';

let database: Awaited< ReturnType< typeof makeTestDatabase > >;
let folder = '';
let shared: Record< string, string > = {};
let webs: ChildProcess[] = [];
let workers: ChildProcess[] = [];
let site: SiteClient;
/** Leads a signed request to the other web process, as a proxy in front of both would. */
let toTheOther: ( request: { url: string } ) => void;

// eight posts, but only four servers: two posts each lead to the same one
const posts = [ 1, 2, 3, 4, 5, 6, 7, 8 ];

const startWorker = ( name: string ) =>
	spawnBackend( { ...shared, EMAIL_GATEWAY_ROLE: 'worker', EMAIL_GATEWAY_DATA_DIR: join( folder, name ) } );

beforeAll( async () => {
	database = await makeTestDatabase();
	folder = mkdtempSync( join( tmpdir(), 'email-gateway-cluster-' ) );
	const ports = [ await freePort(), await freePort() ];
	const [ audience, other ] = ports.map( ( port ) => `http://127.0.0.1:${ port }` ) as [ string, string ];
	shared = {
		TEST_FOLDER: folder,
		DATABASE_URL: database.url,
		EMAIL_GATEWAY_MASTER_KEY_FILE: join( folder, 'key' ),
		EMAIL_GATEWAY_PUBLIC_URL: audience,
	};
	const webEnvs = ports.map( ( port, index ) => ( {
		...shared,
		EMAIL_GATEWAY_ROLE: 'web',
		EMAIL_GATEWAY_DATA_DIR: join( folder, `web-${ index }` ),
		PORT: String( port ),
	} ) );
	webs = await Promise.all( webEnvs.map( spawnBackend ) );
	workers = await Promise.all( [ 'a', 'b', 'c' ].map( startWorker ) );
	toTheOther = ( request ) => {
		request.url = request.url.replace( audience, other );
	};
	site = makeSiteClient( audience );
	await site.pair( await askForCode( webEnvs[ 0 ]! ) );
	await Promise.all( posts.map( connect ) );
}, 180_000 );
afterAll( async () => {
	await Promise.all( [ ...webs, ...workers ].map( ( child ) => end( child, 'SIGKILL' ) ) );
	await database.drop();
	rmSync( folder, { recursive: true, force: true } );
}, 120_000 );

async function connect( serverId: number ): Promise< void > {
	const host = `203.0.113.${ serverId % 4 }`;
	const saved = await site.call( 'saveConnection', { serverId, body: { connection: { ...connection, host } } } );
	const { job } = await site.untilEnded( serverId, saved.body.jobId );
	const fingerprint = seenFingerprint( job );
	const trusted = await site.call( 'trustHostKey', { serverId, body: { fingerprint } } );
	await site.untilEnded( serverId, trusted.body.jobId );
}

/** Asks for previews, each a job of its own, at both doors in turn. */
async function askFor( count: number, round: string ): Promise< { serverId: number; jobId: string }[] > {
	return Promise.all(
		Array.from( { length: count }, async ( _nothing, index ) => {
			const serverId = posts[ index % posts.length ]!;
			const { status, body } = await site.call( 'previewChanges', {
				serverId,
				body: { settings: { ...settings, note: `${ round } ${ index }` } },
				actor: { userId: index + 1 },
				...( index % 2 ? { tamper: toTheOther } : {} ),
			} );
			expect( status ).toBe( 202 );
			return { serverId, jobId: body.jobId };
		} )
	);
}

interface Visit {
	server: string;
	pid: number;
}

/** Looks at servers since `from`, and which of them began while another process that lives was there. */
function visits( from: number, { killed }: { killed?: number } = {} ) {
	const lines = journal().slice( from );
	const there = new Map< string, number >();
	const begun: Visit[] = [];
	const overlaps: Visit[] = [];
	for ( const [ what, server, pid ] of lines.map( ( line ) => line.split( ' ' ) as [ string, string, string ] ) ) {
		if ( what === 'begin' ) {
			const visit = { server, pid: Number( pid ) };
			begun.push( visit );
			if ( there.has( server ) && there.get( server ) !== killed ) {
				overlaps.push( visit );
			}
			there.set( server, visit.pid );
		} else {
			there.delete( server );
		}
	}
	return { begun, overlaps };
}

const journal = () => readFileSync( join( folder, 'journal' ), 'utf8' ).trim().split( '\n' );
const pidsOf = ( processes: ChildProcess[] ) => processes.map( ( { pid } ) => Number( pid ) ).sort();

describe( 'two web and three worker processes on one PostgreSQL', () => {
	test( 'no job runs twice, one at a time runs on a server, and only workers work', async () => {
		const from = journal().length;
		const asked = await askFor( 64, 'shared' );
		expect( new Set( asked.map( ( { jobId } ) => jobId ) ).size ).toBe( 64 );
		for ( const { serverId, jobId } of asked ) {
			const { job, events } = await site.untilEnded( serverId, jobId, { timeoutMs: 120_000 } );
			expect( job.state ).toBe( 'succeeded' );
			expect( events.filter( ( { type } ) => type === 'started' || type === 'taken_up_again' ) ).toHaveLength(
				1
			);
		}
		const { begun, overlaps } = visits( from );
		expect( begun ).toHaveLength( 64 );
		expect( overlaps ).toEqual( [] );
		expect( [ ...new Set( begun.map( ( { pid } ) => pid ) ) ].sort() ).toEqual( pidsOf( workers ) );
	}, 180_000 );

	test( 'a worker that is killed and one that is added change nothing else', async () => {
		const from = journal().length;
		const asked = await askFor( 96, 'changing' );
		for ( let waited = 0; waited < 20_000 && journal().length < from + 20; waited += 50 ) {
			await delay( 50 );
		}
		const victim = workers.shift();
		await end( victim, 'SIGKILL' );
		workers.push( await startWorker( 'd' ) );
		let takenUp = 0;
		for ( const { serverId, jobId } of asked ) {
			const { job, events } = await site.untilEnded( serverId, jobId, { timeoutMs: 120_000 } );
			expect( job.state ).toBe( 'succeeded' );
			const count = ( wanted: string ) => events.filter( ( { type } ) => type === wanted ).length;
			expect( [ count( 'started' ), count( 'succeeded' ) ] ).toEqual( [ 1, 1 ] );
			expect( events.map( ( { seq } ) => seq ) ).toEqual( events.map( ( _event, index ) => index + 1 ) );
			takenUp += count( 'taken_up_again' );
		}
		// each of the four servers had at most one job of the dead worker
		expect( takenUp ).toBeLessThanOrEqual( 4 );
		const { begun, overlaps } = visits( from, { killed: victim?.pid } );
		expect( overlaps ).toEqual( [] );
		expect( begun.length ).toBeGreaterThanOrEqual( 96 );
		expect( begun.length ).toBeLessThanOrEqual( 96 + takenUp );
	}, 240_000 );
} );
