import type { RunnerResult } from '../test/report.ts';
import type { Log } from '../system/run.ts';
import { faults } from './faults/all.ts';
import { runFaults } from './run.ts';

/** The faults that every `npm test` lets happen, as results of it. */
export async function runSample( context: { log: Log; signal: AbortSignal } ): Promise< RunnerResult > {
	const rows = await runFaults(
		faults.filter( ( { isSample } ) => isSample ),
		context
	);
	return {
		passed: rows.filter( ( { survived } ) => survived ).length,
		failures: rows
			.filter( ( { survived } ) => ! survived )
			.map( ( { name, goesWrong, happened } ) => ( { name: `${ name }: ${ goesWrong }`, details: happened } ) ),
	};
}
