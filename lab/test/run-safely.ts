import type { RunnerResult } from './report.ts';

/** What a runner throws is why it cannot run, and that counts as failed. */
export async function runSafely( run: () => Promise< RunnerResult >, name = 'could not run' ): Promise< RunnerResult > {
	try {
		return await run();
	} catch ( error ) {
		return { passed: 0, failures: [ { name, details: ( error as Error ).message } ] };
	}
}
