import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeSiteClient, type SiteClient } from '../../backend/test-fixtures/site-client.ts';
import { backendEnvironment } from '../backend/start.ts';
import { labPort } from '../network/addresses.ts';
import { checkoutPath, labPath, logPath } from '../system/paths.ts';
import { runningProcess, startProcess, stopProcess } from '../system/processes.ts';
import { run, tryRun, type Finished } from '../system/run.ts';
import { answers, waitUntil } from '../wait.ts';

/** A backend that is killed, and the site that is paired with it. */
export interface Backend {
	site: SiteClient;
	/** Ends what does the jobs with kill -9. */
	kill(): Promise< void >;
	/** Starts it again, and resolves when it answers. */
	start(): Promise< void >;
	/** Runs one of the backend's own commands, such as `reseal`; what it printed. */
	command( word: string ): Promise< string >;
	/** Of the embedded database; null over PostgreSQL. */
	dataFolder: string | null;
	keyFile: string;
	/** Starts a second process on the same folder, and waits until that ends. */
	startSecond(): Promise< Finished >;
	/** The files that hold this text: logs and everything in the data folders. */
	filesWith( text: string ): string[];
}

type Role = 'both' | 'web' | 'worker';

/** One process with the embedded database; or, over a PostgreSQL, one that answers and one that works, which is killed. */
export async function startBackend( { databaseUrl }: { databaseUrl?: string } = {} ): Promise< Backend > {
	const roles: Role[] = databaseUrl === undefined ? [ 'both' ] : [ 'web', 'worker' ];
	const folder = join( labPath, databaseUrl === undefined ? 'backend-embedded' : 'backend-distributed' );
	rmSync( folder, { recursive: true, force: true } );
	const url = `http://127.0.0.1:${ labPort( labPath, folder ) }`;
	const nameOf = ( role: Role ) => `backend-${ role }`;
	const logOf = ( role: Role ) => join( logPath, `${ nameOf( role ) }.log` );
	const environmentOf = async ( role: Role ) => ( {
		...( await backendEnvironment( { databaseUrl, folder } ) ),
		PORT: new URL( url ).port,
		EMAIL_GATEWAY_ROLE: role,
		EMAIL_GATEWAY_DATA_DIR: join( folder, role ),
		EMAIL_GATEWAY_SNAPSHOT_MINUTES: '1',
	} );
	const startRole = async ( role: Role ) => {
		await startProcess( nameOf( role ), [ process.execPath, 'backend/src/main.ts' ], {
			env: await environmentOf( role ),
			cwd: checkoutPath,
			logFile: logOf( role ),
		} );
		if ( role !== 'worker' ) {
			await waitUntil( 'The backend being ready', () => answers( `${ url }/ready` ), { timeoutMs: 240_000 } );
		}
	};
	for ( const role of roles ) {
		await stopProcess( nameOf( role ) );
		rmSync( logOf( role ), { force: true } );
		await startRole( role );
	}
	const command = async ( word: string ) =>
		run( [ process.execPath, 'backend/src/command.ts', word ], {
			env: await environmentOf( roles[ 0 ] ?? 'both' ),
			cwd: checkoutPath,
		} );
	const site = makeSiteClient( url );
	await site.pair( ( await command( 'pair' ) ).trim().split( ' ' ).at( -1 ) ?? '' );
	const victim = roles.at( -1 ) ?? 'both';
	return {
		site,
		async kill() {
			const record = await runningProcess( nameOf( victim ) );
			process.kill( -( record?.pid ?? Number.NaN ), 'SIGKILL' );
			await stopProcess( nameOf( victim ) );
		},
		start: () => startRole( victim ),
		command,
		dataFolder: databaseUrl === undefined ? join( folder, 'both' ) : null,
		keyFile: join( folder, 'master.key' ),
		startSecond: async () =>
			tryRun( [ process.execPath, 'backend/src/main.ts' ], {
				env: { ...( await environmentOf( victim ) ), PORT: '0' },
				cwd: checkoutPath,
				signal: AbortSignal.timeout( 60_000 ),
			} ),
		filesWith: ( text ) =>
			[ ...filesBelow( folder ), ...roles.map( logOf ) ].filter( ( file ) => holds( file, text ) ),
	};
}

function filesBelow( folder: string ): string[] {
	return readdirSync( folder, { recursive: true, withFileTypes: true } )
		.filter( ( entry ) => entry.isFile() )
		.map( ( entry ) => join( entry.parentPath, entry.name ) );
}

/** A file of a running database may go while it is looked for. */
function holds( file: string, text: string ): boolean {
	return existsSync( file ) && readFileSync( file ).includes( text );
}
