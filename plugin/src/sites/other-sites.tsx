import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { WithoutRoute } from '@email-gateway/shared';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { ChoiceField } from '../ui/fields.tsx';

interface Props {
	without: WithoutRoute;
	disabled: boolean;
	onChange: ( without: WithoutRoute ) => void;
}

/** What becomes of mail of sites without a route, on a server that has routes. */
export function OtherSites( { without, disabled, onChange }: Props ) {
	const [ chosen, setChosen ] = useState( without );
	return (
		<>
			<ChoiceField
				label={ __( 'Mail of users without a route', 'email-gateway' ) }
				value={ chosen }
				options={ [
					{ value: 'default', label: __( 'Leaves by the account of the gateway', 'email-gateway' ) },
					{ value: 'hold', label: __( 'Is held on the server; that of root leaves', 'email-gateway' ) },
				] }
				onChange={ setChosen }
			/>
			{ chosen !== without && (
				<Actions>
					<ActionButton variant="secondary" disabled={ disabled } onClick={ () => onChange( chosen ) }>
						{ __( 'Change for Users Without a Route', 'email-gateway' ) }
					</ActionButton>
				</Actions>
			) }
		</>
	);
}
