import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checkoutPath } from '../system/paths.ts';

const folder = join( checkoutPath, 'docs/decisions' );
const read = ( file: string ) => readFileSync( join( folder, file ), 'utf8' );
const files = readdirSync( folder ).filter( ( file ) => file !== 'README.md' );

/** The line of the list that a page stands for; what is not as it should be is in it as it is. */
function lineOf( file: string ): string {
	const [ title = '', , state = '' ] = read( file ).split( '\n' );
	const number = Number( file.split( '-', 1 )[ 0 ] );
	const [ , name = title ] = new RegExp( `^# ${ number }\\. (.+)$` ).exec( title ) ?? [];
	const [ , said = state ] =
		/^((?:Accepted|Superseded by \[\d+\]\([\w-]+\.md\)) \d{4}-\d\d-\d\d)\.$/.exec( state ) ?? [];
	return `${ number }. [${ name }](${ file }): ${ said.charAt( 0 ).toLowerCase() }${ said.slice( 1 ) }`;
}

test( 'each decision says its state and date, and the list says the same', () => {
	const listed = read( 'README.md' ).match( /^\d+\. .*$/gm );
	expect( files.map( lineOf ) ).toEqual( listed );
	expect( listed?.filter( ( line ) => ! /: (accepted|superseded by \S+) [\d-]{10}$/.test( line ) ) ).toEqual( [] );
} );
