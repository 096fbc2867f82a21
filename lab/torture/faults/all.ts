import type { Fault } from '../fault.ts';
import { changedByHandFaults } from './changed-by-hand.ts';
import { databaseFaults } from './databases.ts';
import { deadEndFaults } from './dead-ends.ts';
import { diskFaults } from './disk.ts';
import { firstReleaseFaults } from './first-release.ts';
import { interruptedFaults } from './interrupted.ts';
import { keptDataFaults } from './kept-data.ts';
import { mailSystemFaults } from './mail-systems.ts';
import { nextDebianFaults } from './next-debian.ts';
import { oddServerFaults } from './odd-servers.ts';
import { outageFaults } from './outages.ts';
import { packageFaults } from './packages.ts';
import { certificateFaults } from './provider-shows.ts';
import { unwritableFaults } from './unwritable.ts';

/** Every fault, in the order in which they happen. */
export const faults: readonly Fault[] = [
	...interruptedFaults,
	...diskFaults,
	...unwritableFaults,
	...packageFaults,
	...deadEndFaults,
	...mailSystemFaults,
	...oddServerFaults,
	...changedByHandFaults,
	...certificateFaults,
	...outageFaults,
	...databaseFaults,
	...keptDataFaults,
	...firstReleaseFaults,
	...nextDebianFaults,
];
