import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutPath } from '../system/paths.ts';
import { incidentFaults } from './faults/all.ts';

const file = join( checkoutPath, 'docs/incidents.md' );
const begin = '|---|---|---|---|---|---|---|---|---|\n';

/** Puts what was played now in the place of what was played before, and leaves the rest of the page as people wrote it. */
export function record( table: string ): void {
	const names = incidentFaults.map( ( { name } ) => name );
	writeFileSync( file, merged( readFileSync( file, 'utf8' ), { names, table } ) );
}

/**
 * The page with new lines in the place of those of the same fault and kind of server, in the order of `names`. Lines of faults
 * that are no longer known are dropped. Pure.
 *
 * @param played.names all faults that are known
 * @param played.table as renderIncidents() makes it
 */
export function merged( page: string, { names, table }: { names: readonly string[]; table: string } ): string {
	const at = page.indexOf( begin ) + begin.length;
	const before = linesOf( page.slice( at ) );
	const after = `\n\n${ page.slice( at + before.join( '\n' ).length ).trimStart() }`;
	const lines = new Map( [ ...before, ...linesOf( table ) ].map( ( line ) => [ keyOf( line ), line ] ) );
	const known = names.flatMap( ( name ) => [ `${ name } debian12`, `${ name } debian13` ] );
	return page.slice( 0, at ) + known.flatMap( ( key ) => lines.get( key ) ?? [] ).join( '\n' ) + after;
}

/** Of the first table, without its head. */
function linesOf( text: string ): string[] {
	const lines = text.slice( text.includes( begin ) ? text.indexOf( begin ) + begin.length : 0 ).split( '\n' );
	const end = lines.findIndex( ( line ) => ! line.startsWith( '| ' ) );
	return end < 0 ? lines : lines.slice( 0, end );
}

/** Fault and kind of server. */
const keyOf = ( line: string ) => /^\| (\w+): .*? \| (\w+) \| each /.exec( line )?.slice( 1 ).join( ' ' ) ?? '';
