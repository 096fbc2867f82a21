import { _x } from '@wordpress/i18n';
import { JobOutcome } from '../jobs/job-outcome.tsx';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { RepairQuestion } from './opened-later.ts';
import type { Install } from './use-install.ts';

/** Where the last look tells what was changed by hand: shows the differences, then installs what is installed again. */
export function RepairSection( { install }: { install: Install } ) {
	const { jobCall, problem, busy, idle, repairing } = install;
	return (
		<>
			<Actions>
				<ActionButton busy={ busy && repairing } disabled={ idle } onClick={ install.repair }>
					{ _x( 'Repair…', 'button', 'email-gateway' ) }
				</ActionButton>
			</Actions>
			{ repairing && (
				<JobOutcome of={ { ...jobCall, problem } }>
					{ ( result ) =>
						result.verb === 'preview_changes' && (
							<RepairQuestion
								plan={ result.plan }
								onConfirm={ install.confirmRepair }
								onCancel={ install.cancelRepair }
							/>
						)
					}
				</JobOutcome>
			) }
		</>
	);
}
