import { speak } from '@wordpress/a11y';
import { __, _x } from '@wordpress/i18n';
import type { DefaultsView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { DeleteButton } from '../ui/delete-button.tsx';

interface DeleteDefaultsProps {
	view: DefaultsView;
	onDeleted: ( next: DefaultsView ) => void;
}

/** For an account that is no longer used. */
export function DeleteDefaults( { view, onDeleted }: DeleteDefaultsProps ) {
	return (
		<div className="email-gateway-aside">
			<DeleteButton
				label={ __( 'Delete Defaults', 'email-gateway' ) }
				title={ __( 'Delete the default credentials?', 'email-gateway' ) }
				confirm={ _x( 'Delete', 'button', 'email-gateway' ) }
				send={ () => call( 'deleteDefaults' ) }
				onDone={ ( next ) => {
					speak( __( 'Default credentials deleted.', 'email-gateway' ), 'polite' );
					onDeleted( next );
				} }
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
			</DeleteButton>
		</div>
	);
}
