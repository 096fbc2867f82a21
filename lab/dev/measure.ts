import { globSync } from 'node:fs';
import { execInServer } from '../servers/ssh.ts';
import type { LabServer, UpStatus } from '../state.ts';
import { checkoutPath } from '../system/paths.ts';
import { runningProcess } from '../system/processes.ts';
import type { Log } from '../system/run.ts';
import { answers, waitUntil } from '../wait.ts';
import { signInAs, type SignedIn } from './signed-in.ts';
import { timed, type Edit } from './timed.ts';

const rounds = 3;
const settingsPage = '/wp-admin/options-general.php?page=email-gateway';

/** Edits a file of each kind some times, says how long each edit took to arrive, and puts the files back. */
export async function measure( status: UpStatus, { log, signal }: { log: Log; signal: AbortSignal } ): Promise< void > {
	const site = await signInAs( status.wordpress, signal );
	const [ server ] = status.servers;
	const edits = [ ...ofScreens( site, signal ), ofBackend( status, signal ) ];
	if ( server === undefined ) {
		log( 'A shell program is not measured: there is no real server to run it.' );
	} else {
		edits.push( ofProgram( { status, site, server }, signal ) );
	}
	for ( const edit of edits ) {
		const seconds = await timed( edit, rounds, signal );
		const listed = seconds.map( ( value ) => value.toFixed( 1 ) ).join( ', ' );
		log( `${ edit.what.padEnd( 48 ) } ${ listed } s   (${ edit.file })` );
	}
}

function ofScreens( site: SignedIn, signal: AbortSignal ): Edit[] {
	const isLoaded = ( mark: string ) =>
		until( 'The edit on the page', async () => ( await site.assetsOf( settingsPage ) ).includes( mark ), signal );
	const shared = { what: 'a screen, until the page loads it', prepare: async () => isLoaded };
	return [
		{
			...shared,
			file: 'plugin/src/settings.tsx',
			edit: ( text, mark ) => `${ text }\ndocument.documentElement.dataset.edited = '${ mark }';\n`,
		},
		{
			...shared,
			what: 'a style, until the page loads it',
			file: 'plugin/src/screen.css',
			edit: ( text, mark ) => `${ text }\n:root { --edited: ${ mark }; }\n`,
		},
	];
}

function ofBackend( status: UpStatus, signal: AbortSignal ): Edit {
	return {
		what: 'the backend, until it answers again',
		file: 'backend/src/main.ts',
		edit: ( text, mark ) => `${ text }\n// ${ mark }\n`,
		prepare: () => nextBackend( status, signal ),
	};
}

function ofProgram(
	{ status, site, server }: { status: UpStatus; site: SignedIn; server: LabServer },
	signal: AbortSignal
): Edit {
	const [ file = 'facts.sh' ] = globSync( 'backend/src/*/facts.sh', { cwd: checkoutPath } );
	const hasRun = async ( mark: string ) =>
		( await execInServer( server, `rm /run/${ mark }`, { signal } ) ).code === 0;
	return {
		what: 'a shell program, until the next job has run it',
		file,
		edit: ( text, mark ) => text.replace( '\n', `\n: >/run/${ mark }\n` ),
		prepare: async () => {
			const isThere = await nextBackend( status, signal );
			return async ( mark ) => {
				await isThere();
				await site.post( `/servers/${ server.postId }/connection/check`, {} );
				await until( 'The program on the server', () => hasRun( mark ), signal );
			};
		},
	};
}

/** Waits for a backend that is another process than that of now, and answers. */
async function nextBackend( status: UpStatus, signal: AbortSignal ): Promise< () => Promise< void > > {
	const before = await runningProcess( 'backend' );
	const isNext = async () => {
		const now = await runningProcess( 'backend' );
		return now !== undefined && now.pid !== before?.pid && ( await answers( `${ status.backend.url }/ready` ) );
	};
	return () => until( 'The next backend', isNext, signal );
}

function until( what: string, check: () => Promise< boolean >, signal: AbortSignal ): Promise< void > {
	return waitUntil( what, check, { timeoutMs: 120_000, everyMs: 50, signal } );
}
