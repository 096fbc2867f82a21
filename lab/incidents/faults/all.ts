import type { IncidentFault } from '../fault.ts';
import { byHand } from './by-hand.ts';
import { diskFaults } from './disk.ts';
import { postfix } from './postfix.ts';
import { providerFaults } from './provider.ts';
import { unreachableFaults } from './unreachable.ts';

/** Everything that `npm run lab -- incidents` plays: what lasts longest first, so that nobody waits for it alone. */
export const incidentFaults: readonly IncidentFault[] = [
	...providerFaults,
	...unreachableFaults,
	...postfix,
	...diskFaults,
	...byHand,
];
