import type { JobError } from '@email-gateway/shared';
import { problemFrom, type Problem } from '../api/problem.ts';
import { importServer } from '../api/wpcd-import.ts';
import { follow } from '../jobs/follow.ts';
import { failureOf } from '../jobs/steps.ts';

/** How far one server is. */
export type Progress =
	| { state: 'waiting' | 'installing' }
	/** `savedQueue`: as in the result of the job. */
	| { state: 'installed'; savedQueue?: string | undefined }
	| { state: 'refused'; problem: Problem }
	| { state: 'failed'; error: JobError | null };

/** Each one that is being installed is asked about every second. */
const atOnce = 4;

/** Installs our gateway on the chosen servers, a few at once, telling of each how far it is. */
export async function installChosen(
	serverIds: readonly number[],
	{ told, signal }: { told: ( serverId: number, progress: Progress ) => void; signal: AbortSignal }
): Promise< void > {
	const left = [ ...serverIds ];
	left.forEach( ( serverId ) => told( serverId, { state: 'waiting' } ) );
	const work = async () => {
		for ( let next = left.shift(); next !== undefined && ! signal.aborted; next = left.shift() ) {
			const serverId = next;
			await install( serverId, { told: ( progress ) => told( serverId, progress ), signal } );
		}
	};
	await Promise.all( Array.from( { length: atOnce }, work ) );
}

async function install(
	serverId: number,
	{ told, signal }: { told: ( progress: Progress ) => void; signal: AbortSignal }
): Promise< void > {
	told( { state: 'installing' } );
	try {
		const { jobId } = await importServer( serverId, signal );
		await follow(
			{ serverId, jobId },
			{
				signal,
				seen: ( { job, events, trouble, gaveUp } ) => {
					if ( job?.state === 'succeeded' ) {
						const { result } = job;
						const savedQueue = result?.verb === 'install_gateway' ? result.savedQueue : undefined;
						told( { state: 'installed', savedQueue } );
					} else if ( job?.state === 'failed' || job?.state === 'cancelled' ) {
						told( { state: 'failed', error: failureOf( { job, events } ) } );
					} else if ( gaveUp && trouble ) {
						told( { state: 'refused', problem: trouble } );
					}
				},
			}
		);
	} catch ( thrown ) {
		if ( ! signal.aborted ) {
			told( { state: 'refused', problem: problemFrom( thrown ) } );
		}
	}
}
