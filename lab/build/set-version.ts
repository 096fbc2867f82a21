import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutPath } from '../system/paths.ts';
import { version, withVersion } from './version.ts';

const [ wanted = '' ] = process.argv.slice( 2 );
if ( ! /^\d+\.\d+\.\d+$/.test( wanted ) ) {
	console.error( `Which version? It is ${ version() } now. For example: npm run set-version -- 0.2.0` );
	process.exit( 2 );
}
for ( const { file, text } of withVersion( wanted ) ) {
	writeFileSync( join( checkoutPath, file ), text );
}
console.log( `Version ${ wanted }. Add what is new to plugin/readme.txt, under Changelog.` );
