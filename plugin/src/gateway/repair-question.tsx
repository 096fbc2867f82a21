import { __, _x } from '@wordpress/i18n';
import type { PlannedStep } from '@email-gateway/shared';
import { Confirmation } from '../ui/confirmation.tsx';
import { PlannedChanges } from './planned-changes.tsx';

interface Props {
	plan: PlannedStep[];
	onConfirm: () => void;
	onCancel: () => void;
}

/** What differs, and whether to set it back. */
export function RepairQuestion( { plan, onConfirm, onCancel }: Props ) {
	return (
		<>
			<PlannedChanges
				plan={ plan }
				isOpen
				title={ __( 'A repair would change this. Nothing was changed yet.', 'email-gateway' ) }
			/>
			{ plan.length > 0 && (
				<Confirmation
					title={ __( 'Set the server back to what was installed?', 'email-gateway' ) }
					confirm={ _x( 'Repair', 'button', 'email-gateway' ) }
					onConfirm={ onConfirm }
					onCancel={ onCancel }
				>
					<p>
						{ __(
							'The settings that are installed now are installed again, whatever the form holds. Waiting mail stays in the queue. If anything fails, all changes are rolled back.',
							'email-gateway'
						) }
					</p>
				</Confirmation>
			) }
		</>
	);
}
