import { useState } from '@wordpress/element';
import { CheckboxControl } from '@wordpress/components';
import { __, _x } from '@wordpress/i18n';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { refusedWords } from '../words/doors.ts';
import { DoorQuestion } from './door-question.tsx';
import { doorUserName, type DoorUser } from './doors-users.ts';

interface Props {
	users: readonly DoorUser[];
	disabled: boolean;
	onPreview: ( uids: number[] ) => void;
	onChange: ( uids: number[] ) => void;
}

/** Who may reach mail servers through the gateway only. What would break is told before. */
export function DoorsForm( { users, disabled, onPreview, onChange }: Props ) {
	const [ chosen, setChosen ] = useState( users.filter( ( { closed } ) => closed ).map( ( { uid } ) => uid ) );
	const [ asks, setAsks ] = useState( false );
	const added = users.filter( ( { uid, closed } ) => ! closed && chosen.includes( uid ) );
	const isChanged = added.length > 0 || users.some( ( { uid, closed } ) => closed && ! chosen.includes( uid ) );
	const change = () => {
		setAsks( false );
		onChange( chosen );
	};
	return (
		<>
			<fieldset>
				<legend>{ __( 'Send through the gateway only', 'email-gateway' ) }</legend>
				{ users.map( ( user ) => (
					<CheckboxControl
						__nextHasNoMarginBottom
						key={ user.uid }
						label={ doorUserName( user ) }
						help={ helpOf( user ) }
						checked={ chosen.includes( user.uid ) }
						onChange={ ( isChosen ) =>
							setChosen( [
								...chosen.filter( ( uid ) => uid !== user.uid ),
								...( isChosen ? [ user.uid ] : [] ),
							] )
						}
					/>
				) ) }
			</fieldset>
			<Actions>
				<ActionButton
					disabled={ disabled || ! isChanged || asks }
					expanded={ asks }
					onClick={ () => ( added.length > 0 ? setAsks( true ) : change() ) }
				>
					{ __( 'Change Side Doors', 'email-gateway' ) }
				</ActionButton>
				<ActionButton disabled={ disabled || ! isChanged } onClick={ () => onPreview( chosen ) }>
					{ __( 'Preview Side Doors', 'email-gateway' ) }
				</ActionButton>
			</Actions>
			{ asks && <DoorQuestion users={ added } onClose={ change } onCancel={ () => setAsks( false ) } /> }
		</>
	);
}

function helpOf( { closed, seen }: DoorUser ): string {
	if ( closed ) {
		return [ _x( 'Closed.', 'side doors of a user', 'email-gateway' ), refusedWords( closed ) ]
			.filter( Boolean )
			.join( ' ' );
	}
	return seen.length > 0 ? __( 'Was seen to connect to mail servers directly.', 'email-gateway' ) : '';
}
