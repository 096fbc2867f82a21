import { Notice } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { ActionButton } from '../ui/action-button.tsx';

/** A change of the defaults does not change a server: this is where the person does it. */
export function OlderDefaults( { disabled, onReinstall }: { disabled: boolean; onReinstall: () => void } ) {
	return (
		<Notice status="warning" isDismissible={ false } politeness="polite">
			<p>{ __( 'This server uses older defaults: they have been changed since.', 'email-gateway' ) }</p>
			<ActionButton disabled={ disabled } onClick={ onReinstall }>
				{ __( 'Load Defaults and Reinstall', 'email-gateway' ) }
			</ActionButton>
		</Notice>
	);
}
