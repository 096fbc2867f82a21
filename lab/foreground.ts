import { takeDown } from './down.ts';
import { UsageError } from './options.ts';
import type { Log } from './system/run.ts';

const log = ( line: string ) => console.log( line );

interface Foreground {
	log: Log;
	/** Aborted by Ctrl-C, and when the lab goes down for another reason. */
	signal: AbortSignal;
	/** What is waited for, once the signal is aborted, before the lab goes down. */
	atEnd: ( settle: () => Promise< void > ) => void;
}

/**
 * Brings a lab up in the foreground, keeps it until Ctrl-C, then takes everything down. Where `start` answers false there
 * is nothing to wait for. Its errors are said, and end it, too.
 */
export async function inForeground( start: ( context: Foreground ) => Promise< void | false > ): Promise< void > {
	// A closed terminal takes our output away; that must not keep us from stopping everything.
	for ( const stream of [ process.stdout, process.stderr ] ) {
		stream.on( 'error', () => {} );
	}
	const interrupted = new AbortController();
	const settling: ( () => Promise< void > )[] = [];
	const stopAsked = new Promise< void >( ( resolve ) => {
		for ( const signal of [ 'SIGINT', 'SIGTERM', 'SIGHUP' ] as const ) {
			// npm and the shell may each send one for a single Ctrl-C: the first counts.
			process.on( signal, () => {
				interrupted.abort( new Error( 'Stopped before everything was up.' ) );
				resolve();
			} );
		}
	} );
	try {
		const context = { log, signal: interrupted.signal, atEnd: settling.push.bind( settling ) };
		if ( ( await start( context ) ) !== false ) {
			// A promise alone would not keep the process alive.
			const keepAlive = setInterval( () => {}, 60_000 );
			await stopAsked;
			clearInterval( keepAlive );
		}
	} catch ( error ) {
		console.error( ( error as Error ).message );
		process.exitCode = 1;
		if ( error instanceof UsageError ) {
			process.exit();
		}
	}
	interrupted.abort();
	await Promise.all( settling.map( ( settle ) => settle() ) );
	await takeDown( { log } );
	log( 'Stopped.' );
}
