import { takeDown } from './down.ts';
import { parseLabOptions, UsageError } from './options.ts';
import { describeStatus } from './status.ts';
import { bringUp } from './up.ts';

const log = ( line: string ) => console.log( line );

// A closed terminal takes our output away; that must not keep us from stopping everything.
for ( const stream of [ process.stdout, process.stderr ] ) {
	stream.on( 'error', () => {} );
}

const interrupted = new AbortController();
const stopAsked = new Promise< void >( ( resolve ) => {
	for ( const signal of [ 'SIGINT', 'SIGTERM', 'SIGHUP' ] as const ) {
		// npm and the shell may each send one for a single Ctrl-C: the first counts.
		process.on( signal, () => {
			interrupted.abort( new Error( 'Stopped before everything was up.' ) );
			resolve();
		} );
	}
} );

/** Everything up, in the foreground, until Ctrl-C; then everything down. */
async function main(): Promise< void > {
	const state = await bringUp( parseLabOptions( process.argv.slice( 2 ) ), { log, signal: interrupted.signal } );
	if ( state.status !== undefined ) {
		log(
			`\nEmail Gateway runs on this machine.\n\n${ describeStatus(
				state.status,
				state
			) }\n\nCtrl-C stops it and keeps its data.`
		);
	}
	// A promise alone would not keep the process alive.
	const keepAlive = setInterval( () => {}, 60_000 );
	await stopAsked;
	clearInterval( keepAlive );
}

try {
	await main();
} catch ( error ) {
	console.error( ( error as Error ).message );
	process.exitCode = 1;
	if ( error instanceof UsageError ) {
		process.exit();
	}
}
await takeDown( { log } );
log( 'Stopped.' );
