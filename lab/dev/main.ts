// `npm run dev`: what `npm start` gives, and what is edited is there at once. `-- --measure` edits and says how soon.
import { startPostgres } from '../database/postgres.ts';
import { inForeground } from '../foreground.ts';
import { parseLabOptions } from '../options.ts';
import { describeStatus } from '../status.ts';
import { canInstallSystemPackages } from '../system/packages.ts';
import { bringUp } from '../up.ts';
import { watchAssets } from './assets.ts';
import { onEdit } from './on-edit.ts';
import { measure } from './measure.ts';
import { holdBackendReady, restartBackend } from './restart-backend.ts';

const args = process.argv.slice( 2 );
const isMeasuring = args.includes( '--measure' );
// A PostgreSQL outlives the restarts of the backend; the embedded database would be opened anew by each.
const database = canInstallSystemPackages() ? 'postgres' : 'pglite';
const wanted = { database, ...parseLabOptions( args.filter( ( argument ) => argument !== '--measure' ) ) } as const;

await inForeground( async ( { log, signal, atEnd } ) => {
	const context = { log, signal };
	let watching: Promise< void > | undefined;
	const assets = () => ( watching ??= watchAssets( context ) );
	const state = await bringUp( wanted, { ...context, assets } );
	// a lab that was up already asked for none
	await assets();
	const { status } = state;
	if ( status === undefined ) {
		return false;
	}
	const databaseUrl = state.options.database === 'postgres' ? await startPostgres( context ) : undefined;
	await holdBackendReady( databaseUrl );
	const restarts = onEdit( [ 'backend/src', 'shared/src' ], {
		...context,
		act: ( attempt ) => restartBackend( { databaseUrl, signal: attempt } ),
		done: 'The backend runs',
	} );
	atEnd( restarts );
	if ( isMeasuring ) {
		await measure( status, context );
		return false;
	}
	log( `\n${ describeStatus( status, state ) }\n` );
	log( 'Screens (plugin/src): save a file and reload the page. PHP: reload the page.' );
	log( 'Backend (backend/src, its shell programs too): it restarts by itself. Ctrl-C ends everything.' );
	return undefined;
} );
