import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cachePath, checkoutPath } from '../system/paths.ts';
import { ensureWordPressFiles } from '../wordpress/files.ts';
import { checkStates, complaintLines } from './accessibility.ts';
import { buildScreens } from './build.ts';
import { comparePictures, differenceLines, takePictures, takeReadmePictures } from './pictures.ts';
import { serveScreens } from './serve.ts';

const usage = `npm run screens                              shows every state of every card on a page of loopback, until Ctrl-C
npm run screens -- pictures [--folder DIR]   takes a picture of each at 1280, 782 and 390 pixels
npm run screens -- readme [--folder DIR]     takes the screenshots of the plugin's readme, into dist/screenshots
npm run screens -- check                     tells which state breaks a rule of accessibility or is wider than the page
npm run screens -- compare BEFORE AFTER      tells which pictures of two folders differ; fails where some do`;
const interrupted = new AbortController();
process.once( 'SIGINT', () => interrupted.abort( new Error( 'Interrupted.' ) ) );

const { values, positionals } = parseArgs( {
	options: { folder: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
	allowPositionals: true,
} );
const [ command = 'show', before, after ] = positionals;

try {
	if ( values.help ) {
		console.log( usage );
	} else if ( command === 'compare' && before && after ) {
		const lines = differenceLines( await comparePictures( resolve( before ), resolve( after ) ) );
		console.log( lines.length > 0 ? lines.join( '\n' ) : 'No picture differs.' );
		process.exitCode = lines.length > 0 ? 1 : 0;
	} else if ( [ 'show', 'pictures', 'readme', 'check' ].includes( command ) ) {
		const { coreDir } = await ensureWordPressFiles( console.log );
		const built = await buildScreens( interrupted.signal );
		const { server, url } = await serveScreens( { built, wordpress: coreDir } );
		try {
			if ( command === 'show' ) {
				console.log( `${ url }   Ctrl-C ends it` );
				await new Promise( ( end ) => interrupted.signal.addEventListener( 'abort', end ) );
			} else if ( command === 'check' ) {
				const { checked, complaints } = await checkStates( url );
				complaints.forEach( ( complaint ) => console.log( complaintLines( complaint ) ) );
				console.log( `${ checked } looked at, ${ complaints.length } with faults` );
				process.exitCode = complaints.length > 0 ? 1 : 0;
			} else if ( command === 'readme' ) {
				const folder = resolve( values.folder ?? join( checkoutPath, 'dist/screenshots' ) );
				await takeReadmePictures( url, folder );
				console.log( `Screenshots in ${ folder }` );
			} else {
				const folder = resolve( values.folder ?? join( cachePath, 'pictures' ) );
				await takePictures( url, folder, console.log );
				console.log( `Pictures in ${ folder }` );
			}
		} finally {
			// else the program would not end where a picture failed
			server.close();
			server.closeAllConnections();
		}
	} else {
		console.error( usage );
		process.exitCode = 1;
	}
} catch ( error ) {
	console.error( ( error as Error ).message );
	process.exitCode = 1;
}
