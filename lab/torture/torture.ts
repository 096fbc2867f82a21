import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from '../options.ts';
import { checkoutPath } from '../system/paths.ts';
import type { Log } from '../system/run.ts';
import { whileNotInterrupted } from '../system/while-not-interrupted.ts';
import type { Fault } from './fault.ts';
import { faults } from './faults/all.ts';
import { runSideBySide } from './side-by-side.ts';
import { findingsOf, mergeRows, readTable, renderTable, type Row } from './table.ts';

const tableFile = join( checkoutPath, 'docs/faults.md' );

/**
 * `npm run lab -- torture [--only NAME,…]`: all faults, or those, in labs of their own. Prints the table and keeps
 * it in docs/faults.md. Returns the exit code: 0 where each was survived.
 */
export async function torture( argv: string[], { log }: { log: Log } ): Promise< number > {
	const chosen = choose( argv );
	const signal = whileNotInterrupted();
	const startedAt = Date.now();
	const rows = await runSideBySide( chosen, { log, signal, onRow: keep } );
	const minutes = Math.round( ( Date.now() - startedAt ) / 60_000 );
	console.log( renderTable( rows ) );
	const lost = rows.filter( ( { survived } ) => ! survived ).length;
	console.log( `\n${ rows.length - lost } survived, ${ lost } not, in ${ minutes } minutes` );
	return lost === 0 ? 0 : 1;
}

function choose( argv: string[] ): readonly Fault[] {
	const { only } = parseWords( argv );
	const names = only?.split( ',' ).map( ( name ) => name.trim() );
	const unknown = names?.filter( ( name ) => ! faults.some( ( fault ) => fault.name === name ) ) ?? [];
	if ( unknown.length > 0 ) {
		const known = faults.map( ( { name } ) => name ).join( ', ' );
		throw new UsageError( `There is no fault ${ unknown.join( ', ' ) }: choose from ${ known }.` );
	}
	return names === undefined ? faults : faults.filter( ( { name } ) => names.includes( name ) );
}

function parseWords( argv: string[] ): { only?: string } {
	try {
		return parseArgs( { args: argv, options: { only: { type: 'string' } } } ).values;
	} catch ( error ) {
		throw new UsageError( ( error as Error ).message );
	}
}

/** At once, so that an interrupted run keeps what it saw. Rows of other faults stay as they were. */
function keep( row: Row ): void {
	const page = existsSync( tableFile ) ? readFileSync( tableFile, 'utf8' ) : '';
	const all = mergeRows(
		faults.map( ( { name } ) => name ),
		readTable( page ),
		[ row ]
	);
	writeFileSync( tableFile, `${ introduction }\n${ renderTable( all ) }\n${ findingsOf( page ) }` );
}

const introduction = `# Faults

What was made to go wrong on real servers, with a real provider and real backends, and what came of it. Written by
\`npm run lab -- torture\`; \`--only NAME,…\` runs some and replaces their lines. After each of them a site's mail arrives
exactly once, the password lies nowhere but in its map (mode 0600), and no message that waited is lost. Two labs share
the faults: the whole takes half of the seconds added up. A fault that the command knows and that has no line here was
not yet run to its end.
`;
