import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { end, freePort, spawnBackend } from '../../../backend/test-fixtures/spawn-backend.ts';
import { startPostgres } from '../../database/postgres.ts';
import { runningProcess, stopProcess } from '../../system/processes.ts';
import { waitUntil } from '../../wait.ts';
import { mustHold, type Fault } from '../fault.ts';
import { beginLoad, pairedSite, type Load } from '../load.ts';

const kills = 20;

export const databaseFaults: Fault[] = [
	{
		name: 'embedded_killed_20_times',
		goesWrong: `A backend over its embedded database is killed with -9 ${ kills } times under load`,
		async run( world ) {
			return withFolder( async ( folder ) => {
				const env = await environment( folder );
				let child = await spawnBackend( env );
				let load: Load | undefined;
				try {
					load = beginLoad( await pairedSite( env ) );
					for ( let count = 1; count <= kills; count++ ) {
						await load.acceptsMore( 5 );
						await pause( Math.random() * 200 );
						load.pause();
						await end( child, 'SIGKILL' );
						child = await spawnBackend( env );
						load.goOn();
						world.log( `  up again after ${ count } of ${ kills }` );
					}
					// what was asked in the moment of a kill got no answer
					return await load.endsWell( { refusedAtMost: 2 * kills } );
				} finally {
					load?.stop();
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
				const lastWords = wordsOf( child );
				let load: Load | undefined;
				try {
					load = beginLoad( await pairedSite( env ) );
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
					const lives = child.exitCode === null && child.signalCode === null;
					mustHold( lives, `The backend ended with its database: ${ lastWords() }` );
					return await load.endsWell();
				} finally {
					load?.stop();
					await end( child, 'SIGKILL' );
				}
			} );
		},
	},
];

/** The end of what a process prints, for whoever looks for the reason of its end. */
function wordsOf( child: ChildProcess ): () => string {
	let words = '';
	const read = ( chunk: Buffer ) => ( words = `${ words }${ chunk.toString() }`.slice( -2000 ) );
	child.stdout?.on( 'data', read );
	child.stderr?.on( 'data', read );
	return () => words;
}

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
