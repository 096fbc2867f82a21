import { checkStates, complaintLines } from '../screens/accessibility.ts';
import { buildScreens } from '../screens/build.ts';
import { serveScreens } from '../screens/serve.ts';
import { ensureSystemPackages } from '../system/packages.ts';
import { ensureWordPressFiles } from '../wordpress/files.ts';
import type { RunnerResult } from './report.ts';
import type { RunnerContext } from './runners.ts';

/** Every state of every card in a browser: no rule of accessibility broken, nothing wider than the page. */
export async function screens( { log, signal }: RunnerContext ): Promise< RunnerResult > {
	await ensureSystemPackages( [ 'chromium' ], { log, signal } );
	const { coreDir } = await ensureWordPressFiles( log );
	const { server, url } = await serveScreens( { built: await buildScreens( signal ), wordpress: coreDir } );
	try {
		const { checked, complaints } = await checkStates( url );
		return {
			passed: checked - complaints.length,
			failures: complaints.map( ( complaint ) => ( {
				name: `${ complaint.state } at ${ complaint.width } pixels`,
				details: complaintLines( complaint ),
			} ) ),
		};
	} finally {
		server.close();
		server.closeAllConnections();
	}
}
