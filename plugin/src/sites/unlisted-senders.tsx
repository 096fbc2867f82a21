import { __, sprintf } from '@wordpress/i18n';
import type { SendingUser } from '@email-gateway/shared';
import { ActionButton } from '../ui/action-button.tsx';
import { unlistedWords } from '../words/unlisted.ts';

interface Props {
	user: SendingUser;
	disabled: boolean;
	/** `sender`: a domain or an address. */
	onAllow: ( sender: string ) => void;
}

/** Senders of a user that are not listed for its site. Only a route lists any. */
export const UnlistedSenders = ( { user: { unlisted, route }, disabled, onAllow }: Props ) => (
	<>
		{ unlisted.map( ( one ) => (
			<div key={ one.sender } className="email-gateway-quiet">
				<bdi>{ one.sender }</bdi>
				<div>{ unlistedWords( one ) }</div>
				{ route && (
					<ActionButton
						variant="link"
						disabled={ disabled }
						/* translators: %s: a mail address */
						label={ sprintf( __( 'Allow This Sender: %s', 'email-gateway' ), one.sender ) }
						onClick={ () => onAllow( one.sender.replace( /^@/, '' ) ) }
					>
						{ __( 'Allow This Sender', 'email-gateway' ) }
					</ActionButton>
				) }
			</div>
		) ) }
	</>
);
