// Runs on any Node, before anything is installed.
import { readFileSync } from 'node:fs';

const { commands } = JSON.parse( readFileSync( new URL( '../package.json', import.meta.url ), 'utf8' ) );
const width = Math.max( ...Object.keys( commands ).map( ( name ) => name.length ) );
for ( const [ name, sentence ] of Object.entries( commands ) ) {
	console.log( `npm run ${ name.padEnd( width ) }   ${ sentence }` );
}
