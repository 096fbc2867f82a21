// The next backend: it has loaded the packages already, and takes in our own sources once the file that it is told is
// there. That spares a restart most of its time.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkoutPath } from '../system/paths.ts';

const [ , , whenThere = '' ] = process.argv;
const { dependencies } = JSON.parse( readFileSync( join( checkoutPath, 'backend/package.json' ), 'utf8' ) ) as {
	dependencies: Record< string, string >;
};
const packages = Object.keys( dependencies ).filter( ( name ) => ! name.startsWith( '@email-gateway/' ) );
await Promise.all( packages.map( ( name ) => import( name ) ) );
while ( ! existsSync( whenThere ) ) {
	await sleep( 20 );
}
await import( join( checkoutPath, 'backend/src/main.ts' ) );
