import { parseArgs } from 'node:util';
import { renderReport, type NamedResult, type RunnerResult } from './report.ts';
import { runners } from './runners.ts';

const interrupted = new AbortController();
for ( const signal of [ 'SIGINT', 'SIGTERM', 'SIGHUP' ] as const ) {
	process.on( signal, () => interrupted.abort( new Error( `Interrupted by ${ signal }.` ) ) );
}

const { values } = parseArgs( { options: { only: { type: 'string' } } } );
const chosen = values.only?.split( ',' ) ?? Object.keys( runners );
const unknown = chosen.filter( ( name ) => ! Object.hasOwn( runners, name ) );
if ( unknown.length > 0 ) {
	console.error(
		`There is no runner ${ unknown.join( ', ' ) }: choose from ${ Object.keys( runners ).join( ', ' ) }.`
	);
	process.exit( 2 );
}

const results: NamedResult[] = [];
for ( const name of chosen ) {
	const startedAt = Date.now();
	console.log( `── ${ name }` );
	const result = await runSafely( name );
	results.push( { runner: name, durationMs: Date.now() - startedAt, ...result } );
}
console.log( `\n${ renderReport( results ) }` );
process.exitCode = results.some( ( { failures } ) => failures.length > 0 ) ? 1 : 0;

/** What a runner throws is why it cannot run, and that counts as failed. */
async function runSafely( name: string ): Promise< RunnerResult > {
	try {
		interrupted.signal.throwIfAborted();
		const runner = runners[ name as keyof typeof runners ];
		return await runner( { log: ( line ) => console.log( `   ${ line }` ), signal: interrupted.signal } );
	} catch ( error ) {
		return { passed: 0, failures: [ { name: 'could not run', details: ( error as Error ).message } ] };
	}
}
