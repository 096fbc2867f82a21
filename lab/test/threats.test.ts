import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checkoutPath } from '../system/paths.ts';

const page = readFileSync( join( checkoutPath, 'docs/threats.md' ), 'utf8' );
const rows = page
	.split( '\n' )
	.filter( ( line, index, lines ) => line.startsWith( '| ' ) && ! lines[ index + 1 ]?.startsWith( '|---' ) );
const filesOf = ( row: string ) =>
	[ ...( row.split( ' | ' ).at( -1 ) ?? '' ).matchAll( /`([^`]+)`/g ) ].map( ( [ , path = '' ] ) => path );

test( 'each threat in docs/threats.md names tests, and they are there', () => {
	expect( rows.length ).toBeGreaterThan( 10 );
	expect( rows.filter( ( row ) => filesOf( row ).length === 0 ) ).toEqual( [] );
	const gone = rows
		.flatMap( filesOf )
		.filter( ( path ) => ! /[.-]test\.(tsx?|php)$/.test( path ) || ! existsSync( join( checkoutPath, path ) ) );
	expect( gone ).toEqual( [] );
} );
