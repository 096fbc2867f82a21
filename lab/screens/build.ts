import { rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { cachePath, checkoutPath } from '../system/paths.ts';
import { run } from '../system/run.ts';

/** Builds plugin/src/screens/page.tsx with React and the components in it. The folder with page.js and page.css. */
export async function buildScreens( signal: AbortSignal ): Promise< string > {
	const folder = join( cachePath, 'screens' );
	await rm( folder, { recursive: true, force: true } );
	const bin = join( checkoutPath, 'node_modules/.bin' );
	await run( [ join( bin, 'wp-scripts' ), 'build', './src/screens/page.tsx', `--output-path=${ folder }` ], {
		cwd: join( checkoutPath, 'plugin' ),
		env: { ...process.env, WP_NO_EXTERNALS: 'true', PATH: `${ bin }${ delimiter }${ process.env[ 'PATH' ] }` },
		signal,
	} );
	return folder;
}
