import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checkoutPath } from '../system/paths.ts';

const { scripts, commands } = JSON.parse( readFileSync( join( checkoutPath, 'package.json' ), 'utf8' ) ) as Record<
	'scripts' | 'commands',
	Record< string, string >
>;

test( 'each command has a sentence, and each sentence a command', () => {
	expect( Object.keys( commands ) ).toEqual( Object.keys( scripts ) );
	for ( const sentence of Object.values( commands ) ) {
		expect( sentence ).toMatch( /^[A-Z].*\.$/ );
	}
} );

test( 'npm run help says them', () => {
	const printed = execFileSync( process.execPath, [ join( checkoutPath, 'lab/help.mjs' ) ], { encoding: 'utf8' } );
	const lines = printed.trimEnd().split( '\n' );
	expect( lines.map( ( line ) => line.split( /\s{3,}/ ).at( -1 ) ) ).toEqual( Object.values( commands ) );
} );
