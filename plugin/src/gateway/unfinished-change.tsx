import { Notice } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { ActionButton } from '../ui/action-button.tsx';

interface UnfinishedChangeProps {
	isInstalled: boolean;
	disabled: boolean;
	/** Undefined where there is no form to install with. */
	onRepair: ( () => void ) | undefined;
}

/** A change stopped half way: what that means, and the button that mends it, where the state is told. */
export function UnfinishedChange( { isInstalled, disabled, onRepair }: UnfinishedChangeProps ) {
	return (
		<Notice status="error" isDismissible={ false } politeness="polite">
			<p>
				{ __(
					'The last change to this server did not finish. Install the gateway again to repair it, or remove it to restore the mail setup from before.',
					'email-gateway'
				) }
			</p>
			{ onRepair && (
				<div className="email-gateway-actions">
					<ActionButton disabled={ disabled } onClick={ onRepair }>
						{ isInstalled
							? __( 'Repair and Reinstall', 'email-gateway' )
							: __( 'Repair and Install', 'email-gateway' ) }
					</ActionButton>
				</div>
			) }
		</Notice>
	);
}
