import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setInterval } from 'node:timers/promises';
import { forgetPluginAssets } from '../build/plugin-assets.ts';
import { checkoutPath, logPath } from '../system/paths.ts';
import { startProcess, stopProcess } from '../system/processes.ts';
import type { Log } from '../system/run.ts';
import { waitUntil } from '../wait.ts';

const logFile = join( logPath, 'webpack.log' );
const pluginDir = join( checkoutPath, 'plugin' );
const bin = join( checkoutPath, 'node_modules/.bin' );
const everyMs = 250;

/** Builds the plugin's scripts for development and again at each edit. Answers after the first build. */
export async function watchAssets( { log, signal }: { log: Log; signal: AbortSignal } ): Promise< void > {
	log( "Building the plugin's scripts, and watching them …" );
	await forgetPluginAssets();
	await stopProcess( 'webpack' );
	await mkdir( logPath, { recursive: true } );
	await rm( logFile, { force: true } );
	const { scripts } = JSON.parse( readFileSync( join( pluginDir, 'package.json' ), 'utf8' ) ) as {
		scripts: { watch: string };
	};
	const [ program = '', ...args ] = scripts.watch.split( ' ' );
	await startProcess( 'webpack', [ process.execPath, join( bin, program ), ...args ], {
		cwd: pluginDir,
		env: { ...process.env, PATH: `${ bin }${ delimiter }${ process.env[ 'PATH' ] }` },
		logFile,
	} );
	const hasBuilt = async () => existsSync( logFile ) && / compiled /.test( readFileSync( logFile, 'utf8' ) );
	await waitUntil( `The first build of the scripts (${ logFile })`, hasBuilt, { timeoutMs: 300_000, signal } );
	sayBuilds( { log, signal } ).catch( ( error: Error ) => signal.aborted || log( error.message ) );
}

/** Says that a build is done, or what is wrong with it. */
async function sayBuilds( { log, signal }: { log: Log; signal: AbortSignal } ): Promise< void > {
	let said = 0;
	for await ( const _ of setInterval( everyMs, undefined, { signal } ) ) {
		const text = readFileSync( logFile, 'utf8' ).slice( said );
		const end = / compiled .*\n/.exec( text );
		if ( end ) {
			said += end.index + end[ 0 ].length;
			const build = text.slice( 0, end.index + end[ 0 ].length );
			log(
				/^ERROR/m.test( build ) ? build.slice( build.search( /^ERROR/m ) ) : `Scripts:${ end[ 0 ].trimEnd() }.`
			);
		}
	}
}
