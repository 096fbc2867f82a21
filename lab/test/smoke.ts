import { smokeTests, whereItRan } from '../smoke/smoke.ts';
import { ensurePhp } from '../wordpress/php.ts';
import { ensurePluginAssets } from '../build/plugin-assets.ts';
import type { RunnerResult } from './report.ts';
import type { RunnerContext } from './runners.ts';

/** The plugin in Debian's own, older WordPress. The one in WebAssembly takes minutes: `npm run lab -- smoke`. */
export async function smoke( { log, signal }: RunnerContext ): Promise< RunnerResult > {
	if ( ! ( await ensurePhp( { log, signal } ) ) ) {
		throw new Error( 'There is no PHP here, and only root on Debian can have one installed.' );
	}
	await ensurePluginAssets( { log, signal } );
	const result = await smokeTests.debian( { log, signal } );
	const failures = result.checks.flatMap( ( { name, problem } ) =>
		problem === null ? [] : [ { name, details: problem } ]
	);
	return { passed: result.checks.length - failures.length, failures, note: whereItRan( result ) };
}
