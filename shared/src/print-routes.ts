import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { endpoints } from './endpoints.ts';

/** PHP's and the screens' table of routes: name → method, path, access, startsJob, savesDefaults. Only what a browser may reach. */
export function printRoutes(): string {
	const rows = Object.entries( endpoints )
		.filter( ( [ , endpoint ] ) => ! endpoint.notForBrowsers )
		.map( ( [ name, { method, path, access, startsJob, savesDefaults } ] ) => [
			name,
			{ method, path, access, startsJob, savesDefaults },
		] );
	return JSON.stringify( Object.fromEntries( rows ), null, '\t' ) + '\n';
}

if ( process.argv[ 1 ] === fileURLToPath( import.meta.url ) ) {
	writeFileSync( new URL( '../../plugin/routes.json', import.meta.url ), printRoutes() );
}
