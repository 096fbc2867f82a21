import { useState } from '@wordpress/element';
import { Notice } from '@wordpress/components';
import { __, _x } from '@wordpress/i18n';
import type { AccountsView, AccountView } from '@email-gateway/shared';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { Table } from '../ui/table.tsx';
import { AccountForm } from './account-form.tsx';
import { AccountButtons } from './account-buttons.tsx';
import { AccountName, AccountUse } from './account-cells.tsx';
import { OfferSection } from './offer-section.tsx';
import { ShopNotice } from './shop-notice.tsx';

export interface AccountsProps {
	view: AccountsView;
	onAnswer: ( view: AccountsView ) => void;
}

/** Each account with where it is used, and a form below it or for a new one. */
export function AccountsPanel( { view, onAnswer }: AccountsProps ) {
	const { accounts } = view;
	const [ edited, setEdited ] = useState< string | null >( null );
	const [ done, setDone ] = useState< string | null >( null );
	const isNew = accounts.length === 0 || edited === 'new';
	const told = ( next: AccountsView, words: string ) => {
		setDone( words );
		onAnswer( next );
	};
	const form = ( account: AccountView | null ) => (
		<AccountForm
			key={ account?.id ?? 'new' }
			account={ account }
			isFirst={ accounts.length === 0 }
			onSaved={ ( next, id ) => {
				setEdited( id );
				told( next, _x( 'Saved.', 'form', 'email-gateway' ) );
			} }
			onChanged={ () => setDone( null ) }
			onClose={ accounts.length === 0 ? null : () => setEdited( null ) }
		/>
	);
	return (
		<>
			<p>
				{ __(
					'An account at a provider is kept once, for servers, for customers and for alerts by email. Saving here does not change a server: press Update Servers for that.',
					'email-gateway'
				) }
			</p>
			<ShopNotice />
			{ done && (
				<Notice status="success" isDismissible={ false }>
					{ done }
				</Notice>
			) }
			{ accounts.length > 0 && (
				<Table
					caption={ _x( 'Accounts', 'heading', 'email-gateway' ) }
					columns={ [
						_x( 'Account', 'column', 'email-gateway' ),
						__( 'Where it is used', 'email-gateway' ),
						__( 'What you can do', 'email-gateway' ),
					] }
					titled
					className="email-gateway-alerts"
					rows={ accounts.map( ( account ) => ( {
						key: account.id,
						cells: [
							<AccountName key="name" account={ account } />,
							<AccountUse key="use" account={ account } />,
							<AccountButtons
								key="buttons"
								account={ account }
								onEdit={ () => setEdited( account.id ) }
								onDone={ told }
							/>,
						],
						below: edited === account.id ? form( account ) : undefined,
					} ) ) }
				/>
			) }
			{ isNew ? (
				form( null )
			) : (
				<Actions>
					<ActionButton onClick={ () => setEdited( 'new' ) }>
						{ __( 'Add Account', 'email-gateway' ) }
					</ActionButton>
				</Actions>
			) }
			<OfferSection view={ view } onSaved={ onAnswer } />
		</>
	);
}
