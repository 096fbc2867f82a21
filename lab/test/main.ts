import { parseArgs } from 'node:util';
import { whileNotInterrupted } from '../system/while-not-interrupted.ts';
import { renderReport, type NamedResult } from './report.ts';
import { runSafely } from './run-safely.ts';
import { runners } from './runners.ts';

const signal = whileNotInterrupted();
const log = ( line: string ) => console.log( `   ${ line }` );

const { values } = parseArgs( { options: { only: { type: 'string' }, whole: { type: 'boolean' } } } );
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
	const runner = runners[ name as keyof typeof runners ];
	const result = await runSafely( async () => {
		signal.throwIfAborted();
		return runner( { log, signal, whole: values.whole === true } );
	} );
	results.push( { runner: name, durationMs: Date.now() - startedAt, ...result } );
}
console.log( `\n${ renderReport( results ) }` );
process.exitCode = results.some( ( { failures } ) => failures.length > 0 ) ? 1 : 0;
