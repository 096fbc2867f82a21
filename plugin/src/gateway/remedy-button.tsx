import { __ } from '@wordpress/i18n';
import { ActionButton } from '../ui/action-button.tsx';
import type { Remedy } from './remedy.ts';

const words: Record< Remedy, () => string > = {
	type_password: () => __( 'Type a New Password', 'email-gateway' ),
	check_settings: () => __( 'Check Settings', 'email-gateway' ),
	reinstall: () => __( 'Reinstall Email Gateway', 'email-gateway' ),
};

/** Does in the form above what helps against a cause. */
export function RemedyButton( { remedy, onClick }: { remedy: Remedy; onClick: ( remedy: Remedy ) => void } ) {
	return (
		<ActionButton evenAway={ remedy === 'type_password' } onClick={ () => onClick( remedy ) }>
			{ words[ remedy ]() }
		</ActionButton>
	);
}
