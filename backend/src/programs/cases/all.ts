// Only for tests: every case.
import type { Cases } from './case.ts';
import { configuration } from './configuration.ts';
import { disk } from './disk.ts';
import { facts } from './facts.ts';
import { flush } from './flush.ts';
import { logGrammar } from './log-grammar.ts';
import { oldest } from './oldest.ts';
import { packages } from './packages.ts';
import { php } from './php.ts';
import { prove } from './prove.ts';
import { queue } from './queue.ts';
import { changeQueue, readQueue } from './queue-changes.ts';
import { rehearse } from './rehearse.ts';
import { removable } from './removable.ts';
import { report } from './report.ts';
import { restore } from './restore.ts';
import { rights } from './rights.ts';
import { runs } from './runs.ts';
import { sandboxQueue } from './sandbox-queue.ts';
import { service } from './service.ts';
import { snapshot } from './snapshot.ts';
import { beforeDpkg, cancel, start, tidy } from './starts.ts';

export const all: readonly Cases[] = [
	...[
		packages,
		service,
		queue,
		oldest,
		configuration,
		runs,
		logGrammar,
		php,
		facts,
		flush,
		readQueue,
		changeQueue,
		prove,
	],
	...[ disk, report, removable, restore, rehearse, rights, snapshot, start, cancel, tidy, beforeDpkg ],
	sandboxQueue,
];
