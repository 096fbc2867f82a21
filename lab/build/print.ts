import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { printed as ofContract } from '../../shared/src/print-routes.ts';
import { printWords } from './screen-words.ts';

/** Files of the plugin that are printed, by name. */
export const printed: Readonly< Record< string, () => string > > = { ...ofContract, 'words.json': printWords };

if ( process.argv[ 1 ] === fileURLToPath( import.meta.url ) ) {
	for ( const [ name, print ] of Object.entries( printed ) ) {
		writeFileSync( new URL( `../../plugin/${ name }`, import.meta.url ), print() );
	}
}
