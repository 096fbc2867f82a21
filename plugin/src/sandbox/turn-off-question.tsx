import { useState } from '@wordpress/element';
import { __, _x } from '@wordpress/i18n';
import type { HeldChoice } from '@email-gateway/shared';
import { Confirmation } from '../ui/confirmation.tsx';
import { ChoiceField } from '../ui/fields.tsx';

/** What becomes of the mail that the sandbox kept on the server. */
export function TurnOffQuestion( {
	onTurnOff,
	onCancel,
}: {
	onTurnOff: ( held: HeldChoice ) => void;
	onCancel: () => void;
} ) {
	// what waited on a copy of a shop was meant for its customers: nothing leaves that nobody chose
	const [ held, setHeld ] = useState< HeldChoice >( 'keep' );
	return (
		<Confirmation
			title={ __( 'Turn off the sandbox?', 'email-gateway' ) }
			confirm={ confirmWords[ held ]() }
			destructive={ held === 'delete' }
			onConfirm={ () => onTurnOff( held ) }
			onCancel={ onCancel }
		>
			<p>{ __( 'From the next mail on, mail of this server reaches its recipients.', 'email-gateway' ) }</p>
			<ChoiceField
				label={ __( 'What becomes of mail that the sandbox has held', 'email-gateway' ) }
				value={ held }
				options={ [
					{
						value: 'keep',
						label: _x( 'Keep it on hold: Queue lists it', 'held mail', 'email-gateway' ),
					},
					{
						value: 'release',
						label: _x( 'Release it: its recipients get it now', 'held mail', 'email-gateway' ),
					},
					{
						value: 'delete',
						label: _x( 'Delete it: this cannot be undone', 'held mail', 'email-gateway' ),
					},
				] }
				onChange={ setHeld }
			/>
		</Confirmation>
	);
}

const confirmWords: Record< HeldChoice, () => string > = {
	keep: () => __( 'Turn Off Sandbox', 'email-gateway' ),
	release: () => __( 'Release Held Mail and Turn Off', 'email-gateway' ),
	delete: () => __( 'Delete Held Mail and Turn Off', 'email-gateway' ),
};
