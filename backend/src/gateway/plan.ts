import type { PlannedStep } from '@email-gateway/shared';
import type { Desired } from './desired.ts';
import type { Facts } from './facts.ts';
import { packageSteps, packageFileSteps, rightsSteps } from './steps/of-packages.ts';
import { parameterSteps, serviceSteps } from './steps/of-configuration.ts';
import { repair, folderSteps, fileSteps, oldCredentialSteps, markerSteps } from './steps/of-files.ts';
import { capsSteps } from './steps/of-caps.ts';
import { doorsSteps } from './steps/of-doors.ts';
import { maskedSteps, timerSteps, runningSteps } from './steps/of-services.ts';

/** What is missing on the server, in the order in which it is done. Empty when the server is right. */
export function plan( facts: Facts, desired: Desired ): PlannedStep[] {
	const changes = [
		...repair( facts ),
		...packageSteps( facts, desired ),
		...packageFileSteps( facts ),
		...rightsSteps( facts ),
		...folderSteps( facts ),
		...parameterSteps( facts, desired ),
		...fileSteps( facts, desired ),
		...serviceSteps( facts, desired ),
		...oldCredentialSteps( facts ),
		...markerSteps( facts, desired ),
		...maskedSteps( facts ),
		...capsSteps( facts, desired ),
		...doorsSteps( facts, desired ),
	];
	return [ ...changes, ...timerSteps( facts ), ...runningSteps( facts, changes.length > 0 ) ];
}
