import { useState } from '@wordpress/element';
import { speak } from '@wordpress/a11y';
import { __ } from '@wordpress/i18n';
import type { DefaultsView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useRequest } from '../api/use-request.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Confirmation } from '../ui/confirmation.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';

/** For an account that is no longer used. */
export function DeleteDefaults( {
	view,
	onDeleted,
}: {
	view: DefaultsView;
	onDeleted: ( next: DefaultsView ) => void;
} ) {
	const [ asking, setAsking ] = useState( false );
	const request = useRequest();
	const remove = async () => {
		setAsking( false );
		const next = await request.send( () => call( 'deleteDefaults' ) );
		if ( next ) {
			speak( __( 'Default credentials deleted.', 'email-gateway' ), 'polite' );
			onDeleted( next );
		}
	};
	return (
		<div className="email-gateway-aside">
			<ActionButton
				variant="link"
				destructive
				busy={ request.busy }
				disabled={ asking }
				onClick={ () => setAsking( true ) }
			>
				{ __( 'Delete Defaults', 'email-gateway' ) }
			</ActionButton>
			{ asking && (
				<Confirmation
					title={ __( 'Delete the default credentials?', 'email-gateway' ) }
					confirm={ __( 'Delete', 'email-gateway' ) }
					destructive
					onConfirm={ () => void remove() }
					onCancel={ () => setAsking( false ) }
				>
					<p>
						{ view.usedBy.servers > 0
							? __(
									'They are deleted here, and no longer offered to customers. Servers that use them keep working with their own copy: reinstall those with another account, or change the password at the provider.',
									'email-gateway'
							  )
							: __(
									'They are deleted here, and no longer offered to customers. No server uses them.',
									'email-gateway'
							  ) }
					</p>
				</Confirmation>
			) }
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
		</div>
	);
}
