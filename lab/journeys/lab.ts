import { readFileSync } from 'node:fs';
import type { LabStatus } from '../state.ts';

/** The running lab, from the file that the test runner wrote: what `npm run lab -- status --json` prints. */
export function runningLab(): LabStatus {
	const file = process.env.EMAIL_GATEWAY_LAB_STATUS;
	if ( ! file ) {
		throw new Error( 'EMAIL_GATEWAY_LAB_STATUS names no file: run the journeys through npm test' );
	}
	return JSON.parse( readFileSync( file, 'utf8' ) ) as LabStatus;
}
