import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { ActionButton } from '../ui/action-button.tsx';
import { Confirmation } from '../ui/confirmation.tsx';
import type { Consent } from './consent.ts';

/** What follows when a refusal is overruled. */
const consequences: Record< Consent, () => string > = {
	install_anyway: () =>
		__(
			'The gateway is installed with values that the provider did not accept just now. Until it does, all mail of this server waits in its queue; what waits too long is returned to its sender.',
			'email-gateway'
		),
	replace_foreign_postfix: () =>
		__(
			'The configuration that was found is replaced. Mail that only that configuration can send or receive stops. A copy is kept, and Remove Email Gateway restores it.',
			'email-gateway'
		),
	adopt_from_another_site: () =>
		__(
			'This server’s gateway gets the values above, and is managed from here. Its former entry still shows the old values; changes made there would replace yours.',
			'email-gateway'
		),
};

interface InstallAnywayProps {
	consent: Consent;
	disabled: boolean;
	onConfirm: () => void;
}

/** Overrules a refusal: never the first button, and never without a word of what follows. */
export function InstallAnyway( { consent, disabled, onConfirm }: InstallAnywayProps ) {
	const [ asking, setAsking ] = useState( false );
	if ( ! asking ) {
		return (
			<ActionButton variant="link" destructive disabled={ disabled } onClick={ () => setAsking( true ) }>
				{ __( 'Install Anyway…', 'email-gateway' ) }
			</ActionButton>
		);
	}
	return (
		<Confirmation
			title={ __( 'Install anyway?', 'email-gateway' ) }
			confirm={ __( 'Install Anyway', 'email-gateway' ) }
			destructive
			onConfirm={ () => {
				setAsking( false );
				onConfirm();
			} }
			onCancel={ () => setAsking( false ) }
		>
			<p>{ consequences[ consent ]() }</p>
		</Confirmation>
	);
}
