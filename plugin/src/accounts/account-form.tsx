import { useState } from '@wordpress/element';
import { ToggleControl } from '@wordpress/components';
import { __, _x } from '@wordpress/i18n';
import type { AccountsView, AccountView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { changedNames, fieldSentencesOf } from '../api/field-problems.ts';
import { useRequest } from '../api/use-request.ts';
import { SettingsFields } from '../settings-form/fields.tsx';
import { keepsPassword } from '../settings-form/values.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions, Row } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { TextField } from '../ui/fields.tsx';
import { FormArea, useForm } from '../ui/form-area.tsx';
import { useUnsaved } from '../unsaved/use-unsaved.ts';
import { fieldLabel } from '../words/field-labels.ts';
import { accountBody, accountValues, type AccountValues } from './account-values.ts';
import { CheckedAccount } from './checked-account.tsx';
import { fixedSentences, withFixed } from './fixed.ts';
import { useCheck } from './use-check.ts';

interface AccountFormProps {
	/** null: a new one. */
	account: AccountView | null;
	isFirst: boolean;
	onSaved: ( view: AccountsView, id: string | null ) => void;
	/** Something is typed: what was said before is no longer of it. */
	onChanged: () => void;
	/** null: there is nothing else to show. */
	onClose: ( () => void ) | null;
}

/** The fields of one account, what is set elsewhere among them where it is the default one. */
export function AccountForm( { account, isFirst, onSaved, onChanged, onClose }: AccountFormProps ) {
	const [ values, setValues ] = useState( () => accountValues( account, isFirst ) );
	const [ unsaved, setUnsaved ] = useState( false );
	const request = useRequest();
	const form = useForm();
	useUnsaved( _x( 'Accounts', 'heading', 'email-gateway' ), unsaved, form );
	const change = ( next: Partial< AccountValues > ) => {
		const all = { ...values, ...next };
		request.changed( changedNames( values, all ) );
		setValues( all.isDefault ? { ...all, ...withFixed( all ) } : all );
		setUnsaved( true );
		onChanged();
	};
	const save = async () => {
		const next = await request.send( () =>
			call( 'saveAccount', { body: accountBody( account?.id ?? null, values ) } )
		);
		if ( next ) {
			const { name } = values;
			const saved = next.accounts.find( ( one ) => one.name === name.trim() ) ?? null;
			setValues( accountValues( saved, false ) );
			setUnsaved( false );
			onSaved( next, saved?.id ?? null );
		}
	};
	const checking = useCheck(
		request,
		() => accountBody( account?.id ?? null, values ),
		() =>
			call( 'readAccounts' ).then(
				( next ) => onSaved( next, account?.id ?? 'new' ),
				() => undefined
			)
	);
	const problems = fieldSentencesOf( request.problem, 'account' );
	const text = ( name: 'name' | 'dailyLimit' ) => ( {
		...{ name, label: fieldLabel( name ), value: values[ name ], problem: problems[ name ] },
		onChange: ( value: string ) => change( { [ name ]: value } ),
	} );
	return (
		<div className="email-gateway-channel-form">
			<FormArea problem={ request.problem } form={ form }>
				<Row>
					<TextField
						{ ...text( 'name' ) }
						required
						help={ __( 'What you call it here.', 'email-gateway' ) }
					/>
					<TextField
						{ ...text( 'dailyLimit' ) }
						type="port"
						size="short"
						help={ __( 'Messages that the provider takes in a day, if you know it.', 'email-gateway' ) }
					/>
				</Row>
				<SettingsFields
					values={ values }
					onChange={ change }
					problems={ problems }
					passwordSaved={ keepsPassword( values, account ) }
					fixed={ values.isDefault ? fixedSentences() : {} }
				/>
				<ToggleControl
					__nextHasNoMarginBottom
					label={ __( 'Default for new servers', 'email-gateway' ) }
					help={ __(
						'Load Defaults fills it into the form of a server. Another default is offered to customers only when you choose that again.',
						'email-gateway'
					) }
					checked={ values.isDefault }
					onChange={ ( isDefault: boolean ) => change( { isDefault } ) }
				/>
			</FormArea>
			<Actions>
				<ActionButton variant="primary" busy={ request.busy } onClick={ () => void save() }>
					{ __( 'Save Changes', 'email-gateway' ) }
				</ActionButton>
				<ActionButton busy={ checking.busy } onClick={ () => void checking.check() }>
					{ __( 'Check Settings', 'email-gateway' ) }
				</ActionButton>
				{ onClose && (
					<ActionButton evenAway onClick={ onClose }>
						{ _x( 'Close', 'button', 'email-gateway' ) }
					</ActionButton>
				) }
			</Actions>
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
			<CheckedAccount checking={ checking } onUsePort={ ( port ) => change( { smtpPort: String( port ) } ) } />
		</div>
	);
}
