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

/** Longer than they should be. A number may fall, none may rise, and no file may come. */
const stillLong: Record< string, number > = {
	'backend/src/db/database.ts': 204,
	'backend/src/db/genuine.test.ts': 211,
	'backend/src/http/included-gateway.test.ts': 238,
	'backend/src/http/inference.test.ts': 293,
	'backend/src/http/supplied-connection.test.ts': 239,
	'backend/src/jobs/pulse.test.ts': 284,
	'backend/src/ledger/search.ts': 212,
	'backend/test-fixtures/site-client.ts': 215,
	'lab/bench/log.ts': 206,
	'plugin/includes/Fleet/Fleet_List.php': 202,
	'plugin/includes/Plugin.php': 245,
	'plugin/tests/backend-client-test.php': 257,
	'plugin/tests/fixed-defaults-test.php': 205,
	'plugin/tests/fleet-test.php': 254,
	'plugin/tests/hostile-input-test.php': 289,
	'plugin/tests/network/network-test.php': 403,
	'plugin/tests/pairing-test.php': 504,
	'plugin/tests/rest-access-test.php': 303,
	'plugin/tests/screens-test.php': 225,
	'plugin/tests/server-trash-test.php': 353,
	'plugin/tests/servers-test.php': 251,
	'plugin/tests/wpcd-import-test.php': 265,
	'plugin/tests/wpcd-test.php': 441,
};

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
		.filter( ( [ file, lines ] ) => lines > Math.max( most, stillLong[ file ] ?? 0 ) )
		.filter( ( [ file ] ) => ! onServers.test( file ) && ! tables.some( ( table ) => table.test( file ) ) );
	expect( long ).toEqual( [] );
} );

test( 'what is said to be too long still is', () => {
	expect( Object.keys( stillLong ).filter( ( file ) => ( linesOf.get( file ) ?? 0 ) <= most ) ).toEqual( [] );
} );

test( `half of the files have no more than ${ mostOfMedian } lines`, () => {
	const sorted = [ ...linesOf.values() ].sort( ( a, b ) => a - b );
	expect( sorted[ Math.floor( sorted.length / 2 ) ] ).toBeLessThanOrEqual( mostOfMedian );
} );
