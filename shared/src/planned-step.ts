import { z } from 'zod';

/** One planned change, told before it is made: what, and why. `value` never holds a secret. */
export const plannedStep = z.object( {
	kind: z.enum( [
		'install_package',
		'remove_package',
		'write_file',
		'remove_file',
		'set_parameter',
		'enable_service',
		'remove_service',
		'reload',
		'restart',
		'open_directory',
	] ),
	subject: z.string(),
	value: z.string().nullable(),
	/** The value found now; null where there is none. */
	was: z.string().nullable(),
	why: z.string(),
} );
export type PlannedStep = z.infer< typeof plannedStep >;
