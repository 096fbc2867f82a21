import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checkoutPath } from '../system/paths.ts';

const most = 200;
const mostOfMedian = 60;

/** Tables: one row after the other, and nothing to take apart. */
const tables = [
	/^backend\/src\/gateway\/reading\/of-the-[a-z]+\.ts$/,
	/^backend\/src\/gateway\/reply-rules-[a-z-]+\.ts$/,
	/^backend\/src\/gateway\/own-words\.ts$/,
	/^backend\/src\/db\/tables\.ts$/,
	/^backend\/src\/programs\/cases\/(?!case|sandbox|cases\.test)[a-z-]+\.ts$/,
	/^lab\/torture\/faults\/[a-z-]+\.ts$/,
	/^plugin\/src\/screens\/[a-z-]+-states\.ts$/,
	/^plugin\/src\/words\/[a-z-]+\.ts$/,
	/^shared\/src\/presets\.ts$/,
];

/** A story on a server or in a lab that is made for this file and takes minutes: cut in two, it would be made twice. */
const onServers = /\.(server|debian1[123])\.test\.ts$|^lab\/journeys\//;

const files = execFileSync( 'git', [ 'ls-files', '--cached', '--others', '--exclude-standard' ], {
	cwd: checkoutPath,
	encoding: 'utf8',
} )
	.split( '\n' )
	.filter( ( file ) => /\.(ts|tsx|mjs|php|sh|css)$/.test( file ) );
const linesOf = new Map(
	files.map( ( file ) => [ file, readFileSync( join( checkoutPath, file ), 'utf8' ).split( '\n' ).length - 1 ] )
);

test( `no file has more than ${ most } lines but tables, and tests on a server`, () => {
	const long = [ ...linesOf ]
		.filter( ( [ , lines ] ) => lines > most )
		.filter( ( [ file ] ) => ! onServers.test( file ) && ! tables.some( ( table ) => table.test( file ) ) );
	expect( long ).toEqual( [] );
} );

test( `half of the files have no more than ${ mostOfMedian } lines`, () => {
	const sorted = [ ...linesOf.values() ].sort( ( a, b ) => a - b );
	expect( sorted[ Math.floor( sorted.length / 2 ) ] ).toBeLessThanOrEqual( mostOfMedian );
} );
