import type { PlannedStep } from '@email-gateway/shared';
import { capsProgram, capsService } from '../caps.ts';
import type { Desired } from '../desired.ts';
import type { Facts } from '../facts.ts';
import { step } from './step.ts';

/** What counts for the caps runs where there are some, and is gone where there are none. */
export function capsSteps( { capsKept, systemd, files }: Facts, desired: Desired ): PlannedStep[] {
	if ( desired.files.some( ( { name } ) => name === capsProgram ) ) {
		const why = 'counts what each Unix user sends, and holds what is above its cap';
		return systemd && ! capsKept ? [ step( 'enable_service', capsService, why ) ] : [];
	}
	return files.some( ( { path } ) => path === capsProgram )
		? [
				step(
					'remove_file',
					capsProgram,
					'nobody has a cap, or the sandbox lets nothing out: nothing is counted'
				),
		  ]
		: [];
}
