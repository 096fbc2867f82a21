import { conversation } from './conversation.ts';
import { encryption } from './encryption.ts';
import type { Fault } from './fault.ts';
import { network } from './network.ts';

/** Everything that `npm run lab -- faults` plays, in this order. */
export const catalogue: readonly Fault[] = [ ...conversation, ...encryption, ...network ];

/** What `npm test` plays of it: one of each kind. */
export const sample = [
	'healthy',
	'wrong-password',
	'sender-refused',
	'certificate-expired',
	'only-465',
	'resolver-down',
	'forwarding-forbidden',
] as const;
