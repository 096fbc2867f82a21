import { expect, test } from '@jest/globals';
import { readFindings } from './check-zip.ts';

test( 'reads what Plugin Check prints, file by file, and nothing else that stands there', () => {
	const printed = [
		'Deprecated: something of another plugin',
		'FILE: readme.txt',
		'',
		'[{"line":0,"column":0,"type":"WARNING","code":"trademark","message":"A name"}]',
		'FILE: includes/Seal.php',
		'[{"line":12,"column":3,"type":"ERROR","code":"a","message":"b"},{"line":13,"column":3,"type":"ERROR","code":"c","message":"d"}]',
	].join( '\n' );
	expect( readFindings( printed ).map( ( { file, line, type } ) => `${ file }:${ line } ${ type }` ) ).toEqual( [
		'readme.txt:0 WARNING',
		'includes/Seal.php:12 ERROR',
		'includes/Seal.php:13 ERROR',
	] );
	expect( readFindings( 'Success: Checks complete. No errors found.' ) ).toEqual( [] );
} );
