import { __, _x } from '@wordpress/i18n';
import { Confirmation } from '../ui/confirmation.tsx';

interface ReinstallQuestionProps {
	title: string;
	onConfirm: () => void;
	onCancel: () => void;
}

/** Asked before what is installed is changed. */
export function ReinstallQuestion( { title, onConfirm, onCancel }: ReinstallQuestionProps ) {
	return (
		<Confirmation
			title={ title }
			confirm={ _x( 'Reinstall', 'button', 'email-gateway' ) }
			onConfirm={ onConfirm }
			onCancel={ onCancel }
		>
			<p>
				{ __(
					'Waiting mail stays in the queue and is tried again with these settings. If anything fails, all changes are rolled back.',
					'email-gateway'
				) }
			</p>
		</Confirmation>
	);
}
