// Runs in a thread of its own: see private-key.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { openKeyFile } from './key-file.ts';
import { KeyProblem } from './key-problem.ts';

const { text, passphrase } = workerData as { text: string; passphrase: string | null };
try {
	parentPort?.postMessage( { key: openKeyFile( text, passphrase ) } );
} catch ( error ) {
	if ( ! ( error instanceof KeyProblem ) ) {
		throw error;
	}
	parentPort?.postMessage( { reason: error.reason, algorithm: error.algorithm } );
}
