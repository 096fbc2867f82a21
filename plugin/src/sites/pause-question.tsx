import { useState } from '@wordpress/element';
import { __, _x, sprintf } from '@wordpress/i18n';
import type { HeldChoice, PauseKind, SendingUser } from '@email-gateway/shared';
import { Confirmation } from '../ui/confirmation.tsx';
import { ChoiceField } from '../ui/fields.tsx';
import { userName } from '../words/sites.ts';

interface Props {
	user: SendingUser;
	/** Asks what becomes of held mail. */
	resumes: boolean;
	onPause: ( how: PauseKind ) => void;
	onResume: ( held: HeldChoice ) => void;
	onCancel: () => void;
}

/** How a user is paused, or what becomes of the mail that was held. */
export function PauseQuestion( { user, resumes, onPause, onResume, onCancel }: Props ) {
	return resumes ? (
		<ResumeQuestion user={ user } onResume={ onResume } onCancel={ onCancel } />
	) : (
		<StopQuestion user={ user } onPause={ onPause } onCancel={ onCancel } />
	);
}

function StopQuestion( { user, onPause, onCancel }: Omit< Props, 'onResume' | 'resumes' > ) {
	const [ how, setHow ] = useState< PauseKind >( 'hold' );
	return (
		<Confirmation
			/* translators: %s: name of a Unix user */
			title={ sprintf( __( 'Pause sending of %s?', 'email-gateway' ), userName( user ) ) }
			confirm={ __( 'Pause Sending', 'email-gateway' ) }
			onConfirm={ () => onPause( how ) }
			onCancel={ onCancel }
		>
			<p>
				{ __(
					'From the next mail on, nothing that this Unix user sends leaves the server. What waits in the queue is held, too. Other users go on.',
					'email-gateway'
				) }
			</p>
			<ChoiceField
				label={ __( 'What becomes of its mail', 'email-gateway' ) }
				value={ how }
				options={ [
					{
						value: 'hold',
						label: __( 'Hold it until you release it: the site notices nothing', 'email-gateway' ),
					},
					{
						value: 'refuse',
						label: __( 'Refuse it at once: the site learns that its mail was not sent', 'email-gateway' ),
					},
				] }
				onChange={ setHow }
			/>
		</Confirmation>
	);
}

function ResumeQuestion( { user, onResume, onCancel }: Omit< Props, 'onPause' | 'resumes' > ) {
	const [ held, setHeld ] = useState< HeldChoice >( 'release' );
	return (
		<Confirmation
			/* translators: %s: name of a Unix user */
			title={ sprintf( __( 'Resume sending of %s?', 'email-gateway' ), userName( user ) ) }
			confirm={
				held === 'delete'
					? __( 'Delete Held Mail and Resume', 'email-gateway' )
					: __( 'Resume Sending', 'email-gateway' )
			}
			destructive={ held === 'delete' }
			onConfirm={ () => onResume( held ) }
			onCancel={ onCancel }
		>
			<ChoiceField
				label={ __( 'What becomes of mail that is held', 'email-gateway' ) }
				value={ held }
				options={ [
					{ value: 'release', label: _x( 'Release it: it is delivered now', 'held mail', 'email-gateway' ) },
					{
						value: 'keep',
						label: _x( 'Keep it on hold: Queue lists it', 'held mail', 'email-gateway' ),
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
