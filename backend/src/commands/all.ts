import { audit } from './audit.ts';
import { backup } from './backup.ts';
import { checkConfig } from './check-config.ts';
import type { Command } from './command.ts';
import { doctor } from './doctor.ts';
import { pair } from './pair.ts';
import { reseal } from './reseal.ts';
import { restore } from './restore.ts';
import { sites } from './sites.ts';
import { version } from './version.ts';

/** Every word of the command line, in the order of its list. */
export const commands: Record< string, Command > = {
	pair,
	sites,
	doctor,
	'check-config': checkConfig,
	backup,
	restore,
	reseal,
	audit,
	version,
};
