import type { PlannedStep } from '@email-gateway/shared';
import type { Desired } from '../desired.ts';
import { doorsProgram, doorsService } from '../doors.ts';
import type { Facts } from '../facts.ts';
import { step } from './step.ts';

/** The table of closed side doors is loaded where there are some, as the file says, and gone where there are none. */
export function doorsSteps( { doorsKept, files }: Facts, desired: Desired ): PlannedStep[] {
	if ( desired.files.some( ( { name } ) => name === doorsProgram ) ) {
		const why = 'loads the table of nftables that refuses connections past the gateway; no other table is touched';
		return doorsKept ? [] : [ step( 'enable_service', doorsService, why ) ];
	}
	return files.some( ( { path } ) => path === doorsProgram )
		? [ step( 'remove_file', doorsProgram, 'nobody’s side doors are closed any longer: its table goes, too' ) ]
		: [];
}
