import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from '@jest/globals';
import { checkoutPath } from '../system/paths.ts';

const files = execFileSync(
	'git',
	[ 'ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx', '*.mjs' ],
	{
		cwd: checkoutPath,
		encoding: 'utf8',
	}
)
	.split( '\n' )
	.filter( ( file ) => file !== '' );
const known = new Set( files );

/** What is there when a program runs: types are gone by then. */
const fromClause = /^(?:import|export) (?!type )[^'";]*from '(\.[^']+)'|^import '(\.[^']+)'/gm;

const importsOf = ( file: string ): string[] =>
	[ ...readFileSync( join( checkoutPath, file ), 'utf8' ).matchAll( fromClause ) ].flatMap( ( [ , from, bare ] ) => {
		const path = normalize( join( dirname( file ), from ?? bare ?? '' ) );
		return [ path, `${ path }.ts`, `${ path }.tsx` ]
			.filter( ( candidate ) => known.has( candidate ) )
			.slice( 0, 1 );
	} );

/** The first way found that leads from a file back to itself, for each group of files that import each other. */
function circlesOf( graph: ReadonlyMap< string, string[] > ): string[][] {
	const done = new Set< string >();
	const circles: string[][] = [];
	const visit = ( file: string, way: string[] ): void => {
		const at = way.indexOf( file );
		if ( at >= 0 ) {
			circles.push( [ ...way.slice( at ), file ] );
		} else if ( ! done.has( file ) ) {
			( graph.get( file ) ?? [] ).forEach( ( next ) => visit( next, [ ...way, file ] ) );
			done.add( file );
		}
	};
	[ ...graph.keys() ].forEach( ( file ) => visit( file, [] ) );
	return circles;
}

test( 'a circle is found', () => {
	const graph = new Map( [
		[ 'a', [ 'b' ] ],
		[ 'b', [ 'c' ] ],
		[ 'c', [ 'b' ] ],
	] );
	expect( circlesOf( graph ) ).toEqual( [ [ 'b', 'c', 'b' ] ] );
} );

test( 'no files import each other in a circle', () => {
	const graph = new Map( files.map( ( file ) => [ file, importsOf( file ) ] ) );
	expect( [ ...graph.values() ].flat().length ).toBeGreaterThan( 1000 );
	expect( circlesOf( graph ) ).toEqual( [] );
} );
