import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeSiteClient, type SiteClient } from '../../../backend/test-fixtures/site-client.ts';
import { askForCode, end, freePort, spawnBackend } from '../../../backend/test-fixtures/spawn-backend.ts';
import { connection, settings } from '../../../backend/test-fixtures/test-backend.ts';
import { startPostgres } from '../../database/postgres.ts';
import { runningProcess, stopProcess } from '../../system/processes.ts';
import { waitUntil } from '../../wait.ts';
import { mustHold, type Fault } from '../fault.ts';

const posts = [ 1, 2, 3 ];
const kills = 20;

export const databaseFaults: Fault[] = [
	{
		name: 'embedded_killed_20_times',
		goesWrong: `A backend over its embedded database is killed with -9 ${ kills } times under load`,
		async run( world ) {
			return withFolder( async ( folder ) => {
				const env = await environment( folder );
				let child = await spawnBackend( env );
				try {
					const site = await pairedSite( env );
					const load = beginLoad( site );
					for ( let count = 1; count <= kills; count++ ) {
						await pause( 200 + Math.random() * 800 );
						await end( child, 'SIGKILL' );
						child = await spawnBackend( env );
						world.log( `  up again after ${ count } of ${ kills }` );
					}
					return await load.endsWell();
				} finally {
					await end( child, 'SIGKILL' );
				}
			} );
		},
	},
	{
		name: 'two_backends_one_folder',
		goesWrong: 'A second backend is started on the folder of the embedded database',
		isSample: true,
		async run( world ) {
			const { code, stderr } = await ( await world.embedded() ).startSecond();
			const said = stderr.trim();
			mustHold( code === 1 && /is in use by process \d+/.test( said ), `It ended with ${ code }: ${ said }` );
			mustHold( ! said.includes( '\n' ), `It said more than a sentence: ${ said }` );
			return 'the second refuses, and says which process holds the folder and what to do';
		},
	},
	{
		name: 'postgresql_restarted',
		goesWrong: 'PostgreSQL is restarted under load, then ended as by a crash',
		async run( world ) {
			const databaseUrl = await world.postgres();
			return withFolder( async ( folder ) => {
				const env = { ...( await environment( folder ) ), DATABASE_URL: databaseUrl };
				const child = await spawnBackend( env );
				try {
					const load = beginLoad( await pairedSite( env ) );
					for ( const signal of [ 'SIGINT', 'SIGQUIT' ] as const ) {
						await pause( 4000 );
						process.kill( ( await runningProcess( 'postgres' ) )?.pid ?? Number.NaN, signal );
						const ended = async () => ( await runningProcess( 'postgres' ) ) === undefined;
						await waitUntil( 'The end of PostgreSQL', ended, { timeoutMs: 20_000 } );
						await stopProcess( 'postgres' );
						await pause( 2000 );
						await startPostgres( world );
					}
					await pause( 4000 );
					const told = await load.endsWell();
					mustHold( child.exitCode === null && child.signalCode === null, 'The backend ended with its database.' );
					return told;
				} finally {
					await end( child, 'SIGKILL' );
				}
			} );
		},
	},
];

async function withFolder< Value >( act: ( folder: string ) => Promise< Value > ): Promise< Value > {
	const folder = mkdtempSync( join( tmpdir(), 'email-gateway-torture-' ) );
	try {
		return await act( folder );
	} finally {
		rmSync( folder, { recursive: true, force: true } );
	}
}

const environment = async ( folder: string ): Promise< Record< string, string > > => ( {
	TEST_FOLDER: folder,
	EMAIL_GATEWAY_DATA_DIR: join( folder, 'data' ),
	PORT: String( await freePort() ),
} );

/** A site with three servers that it trusts; they are fake, for it is the database that is tried. */
async function pairedSite( env: Record< string, string > ): Promise< SiteClient > {
	const site = makeSiteClient( `http://127.0.0.1:${ env[ 'PORT' ] }` );
	await site.pair( await askForCode( env ) );
	for ( const serverId of posts ) {
		const host = `203.0.113.${ serverId }`;
		const saved = await site.call( 'saveConnection', { serverId, body: { connection: { ...connection, host } } } );
		const { job } = await site.untilEnded( serverId, saved.body.jobId );
		const fingerprint = String( job.error?.detail[ 'fingerprint' ] );
		const trusted = await site.call( 'trustHostKey', { serverId, body: { fingerprint } } );
		await site.untilEnded( serverId, trusted.body.jobId );
	}
	return site;
}

/** Asks for one job after the other; what was accepted must end well, whatever happens meanwhile. */
function beginLoad( site: SiteClient ) {
	const accepted: { serverId: number; jobId: string }[] = [];
	let refused = 0;
	let asking = true;
	const finished = ( async () => {
		for ( let count = 0; asking && count < 2000; count++ ) {
			const serverId = posts[ count % posts.length ] ?? 1;
			const note = randomBytes( 6 ).toString( 'hex' );
			const answer = await site
				.call( 'previewChanges', { serverId, body: { settings: { ...settings, note } } } )
				.catch( () => null );
			if ( answer?.status === 202 ) {
				accepted.push( { serverId, jobId: answer.body.jobId } );
			} else {
				refused++;
			}
			await pause( 400 );
		}
	} )();
	return {
		async endsWell() {
			asking = false;
			await finished;
			mustHold( accepted.length > 0, 'No job was accepted.' );
			for ( const { serverId, jobId } of accepted ) {
				const { job, events } = await site.untilEnded( serverId, jobId, { timeoutMs: 180_000 } );
				mustHold( job.state === 'succeeded', `A job that was accepted ended as ${ job.state }: ${ JSON.stringify( job.error ) }` );
				mustHold( events.every( ( { seq }, index ) => seq === index + 1 ), 'Events of a job are missing.' );
			}
			return `${ accepted.length } jobs accepted, all ended well, none lost; ${ refused } requests were refused meanwhile`;
		},
	};
}
