import { canInstallSystemPackages, ensureSystemPackages } from '../system/packages.ts';
import type { Log } from '../system/run.ts';
import { ensurePhp } from '../wordpress/php.ts';
import { builtFiles } from './built-files.ts';
import { jest } from './jest.ts';
import { journeys } from './journeys.ts';
import { onServers } from './on-servers.ts';
import { phpunit } from './phpunit.ts';
import type { RunnerResult } from './report.ts';
import { screens } from './screens.ts';
import { smoke } from './smoke.ts';
import { withPostgres } from './with-postgres.ts';
import { generatedFiles, lint, shellcheck, types } from './static-checks.ts';

export interface RunnerContext {
	log: Log;
	signal: AbortSignal;
	/** All of it, where a runner plays a part only by itself. */
	whole?: boolean;
}

type Runner = ( context: RunnerContext ) => Promise< RunnerResult >;

/** Everything `npm test` runs, in this order. */
export const runners = {
	lint,
	types,
	shellcheck,
	generated: generatedFiles,
	jest: async ( { log, signal } ) => {
		await ensurePhp( { log, signal } );
		// without root its cases are left out, and jest says so
		if ( canInstallSystemPackages() ) {
			await ensureSystemPackages( [ 'busybox' ], { log, signal } );
		}
		// by itself jest leaves one processor idle
		return jest( [ '--maxWorkers=100%' ], { signal } );
	},
	postgres: withPostgres,
	phpunit,
	smoke,
	build: builtFiles,
	screens,
	servers: onServers,
	journeys,
} satisfies Record< string, Runner >;
