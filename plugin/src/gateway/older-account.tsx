import { Notice } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { ActionButton } from '../ui/action-button.tsx';

interface OlderAccountProps {
	name: string;
	disabled: boolean;
	onReinstall: () => void;
}

/** A change of an account does not change a server: this is where the person does it for one. */
export function OlderAccount( { name, disabled, onReinstall }: OlderAccountProps ) {
	return (
		<Notice status="warning" isDismissible={ false } politeness="polite">
			<p>
				{ sprintf(
					/* translators: %s: name of an account */
					__(
						'This server uses older values of the account %s, which has been changed since.',
						'email-gateway'
					),
					name
				) }
			</p>
			<ActionButton disabled={ disabled } onClick={ onReinstall }>
				{ __( 'Load Account and Reinstall', 'email-gateway' ) }
			</ActionButton>
		</Notice>
	);
}
