import type { PlannedStep } from '@email-gateway/shared';

export const keptCopy = 'a copy of the file as it is now stays in /var/backups/email-gateway';

type Values = Partial< Pick< PlannedStep, 'value' | 'was' > >;

export const step = (
	kind: PlannedStep[ 'kind' ],
	subject: string,
	why: string,
	values: Values = {}
): PlannedStep => ( {
	...{ kind, subject, value: null, was: null, why },
	...values,
} );
