import { __, _x, sprintf } from '@wordpress/i18n';
import type { AccountsView, AccountView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useRequest } from '../api/use-request.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { DeleteButton } from '../ui/delete-button.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { updateWords } from './update-words.ts';

interface AccountButtonsProps {
	account: AccountView;
	onEdit: () => void;
	onDone: ( view: AccountsView, words: string ) => void;
}

/** What can be done with one account. */
export function AccountButtons( { account, onEdit, onDone }: AccountButtonsProps ) {
	const { id, name, usedBy } = account;
	const request = useRequest();
	const update = async () => {
		const update_ = await request.send( () => call( 'updateServers', { body: { id } } ) );
		const next = update_ && ( await request.send( () => call( 'readAccounts' ) ) );
		if ( next ) {
			onDone( next, updateWords( update_ ) );
		}
	};
	return (
		<Actions>
			{ usedBy.withOlderValues > 0 && (
				<ActionButton
					busy={ request.busy }
					/* translators: %s: name of an account */
					label={ sprintf( __( 'Update Servers: %s', 'email-gateway' ), name ) }
					onClick={ () => void update() }
				>
					{ __( 'Update Servers', 'email-gateway' ) }
				</ActionButton>
			) }
			<ActionButton
				variant="link"
				/* translators: %s: name of an account or a channel */
				label={ sprintf( __( 'Edit: %s', 'email-gateway' ), name ) }
				onClick={ onEdit }
			>
				{ _x( 'Edit', 'button', 'email-gateway' ) }
			</ActionButton>
			{ usedBy.servers === 0 && usedBy.channels.length === 0 && (
				<DeleteButton
					label={ _x( 'Delete', 'button', 'email-gateway' ) }
					/* translators: %s: name of an account or a channel */
					name={ sprintf( __( 'Delete: %s', 'email-gateway' ), name ) }
					/* translators: %s: name of an account */
					title={ sprintf( __( 'Delete the account %s?', 'email-gateway' ), name ) }
					confirm={ _x( 'Delete', 'button', 'email-gateway' ) }
					send={ () => call( 'deleteAccount', { body: { id } } ) }
					onDone={ ( next ) => onDone( next, __( 'Account deleted.', 'email-gateway' ) ) }
				>
					<p>{ __( 'Its saved password is deleted here.', 'email-gateway' ) }</p>
				</DeleteButton>
			) }
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
		</Actions>
	);
}
