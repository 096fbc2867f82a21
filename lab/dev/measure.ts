import { globSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execInServer } from '../servers/ssh.ts';
import type { LabStatus } from '../state.ts';
import { checkoutPath } from '../system/paths.ts';
import { runningProcess } from '../system/processes.ts';
import type { Log } from '../system/run.ts';
import { answers, waitUntil } from '../wait.ts';
import { signInAs } from './signed-in.ts';
import { whileEdited } from './while-edited.ts';

const rounds = 3;
/** After a file was put back, until all is quiet again. */
const quietMs = 4_000;
const timeoutMs = 120_000;

interface Measured {
	what: string;
	file: string;
	/** Seconds, one a round. */
	seconds: number[];
}

/** Edits a file of each kind, waits until the edit is where a person meets it, puts the file back, and says how long it took. */
export async function measure(
	status: LabStatus,
	{ log, signal }: { log: Log; signal: AbortSignal }
): Promise< Measured[] > {
	const site = await signInAs( status.wordpress, signal );
	const settings = '/wp-admin/options-general.php?page=email-gateway';
	const waiting = { timeoutMs, everyMs: 50, signal };
	const isInBrowser = ( mark: string ) =>
		waitUntil(
			'The edit in the browser',
			async () => ( await site.assetsOf( settings ) ).includes( mark ),
			waiting
		);

	const measured: Measured[] = [];
	const say = ( result: Measured ) => {
		measured.push( result );
		const seconds = result.seconds.map( ( value ) => value.toFixed( 1 ) ).join( ', ' );
		log( `${ result.what.padEnd( 52 ) } ${ seconds } s   (${ result.file })` );
	};
	/** `edit` adds a mark that no other round has; `arrived` waits for it, having seen how things were before the edit. */
	const time = async (
		what: string,
		file: string,
		edit: ( text: string, mark: string ) => string,
		prepare: () => Promise< ( mark: string ) => Promise< void > >
	) => {
		const seconds: number[] = [];
		for ( let round = 0; round < rounds; round++ ) {
			await sleep( quietMs, undefined, { signal } );
			const mark = `measured-${ Date.now() }`;
			const arrived = await prepare();
			await whileEdited(
				join( checkoutPath, file ),
				( text ) => edit( text, mark ),
				async () => {
					const from = performance.now();
					await arrived( mark );
					seconds.push( ( performance.now() - from ) / 1_000 );
				}
			);
		}
		say( { what, file, seconds } );
	};

	const script = ( text: string, mark: string ) =>
		`${ text }\ndocument.documentElement.dataset.edited = '${ mark }';\n`;
	await time( 'a screen, until the page loads it', 'plugin/src/settings.tsx', script, async () => isInBrowser );
	const style = ( text: string, mark: string ) => `${ text }\n:root { --edited: ${ mark }; }\n`;
	await time( 'a style, until the page loads it', 'plugin/src/screen.css', style, async () => isInBrowser );

	const nextBackend = async () => {
		const before = await runningProcess( 'backend' );
		return async () => {
			const isNext = async () => {
				const now = await runningProcess( 'backend' );
				return (
					now !== undefined && now.pid !== before?.pid && ( await answers( `${ status.backend.url }/ready` ) )
				);
			};
			await waitUntil( 'The next backend', isNext, waiting );
		};
	};
	const comment = ( text: string, mark: string ) => `${ text }\n// ${ mark }\n`;
	await time( 'the backend, until it answers again', 'backend/src/main.ts', comment, nextBackend );

	const [ server ] = status.servers;
	const [ program ] = globSync( 'backend/src/*/facts.sh', { cwd: checkoutPath } );
	if ( server === undefined || program === undefined ) {
		log( 'A shell program: not measured, for there is no real server to run it.' );
		return measured;
	}
	const trace = ( text: string, mark: string ) => text.replace( '\n', `\n: >/run/${ mark }\n` );
	await time( 'a shell program, until the next job has run it', program, trace, async () => {
		const isThere = await nextBackend();
		return async ( mark ) => {
			await isThere();
			await site.post( `/servers/${ server.postId }/connection/check`, {} );
			const hasRun = async () => ( await execInServer( server, `rm /run/${ mark }`, { signal } ) ).code === 0;
			await waitUntil( 'The program on the server', hasRun, waiting );
		};
	} );
	return measured;
}
