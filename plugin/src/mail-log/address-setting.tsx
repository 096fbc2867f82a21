import { useCallback, useState } from '@wordpress/element';
import { Notice, Spinner } from '@wordpress/components';
import { __, _x } from '@wordpress/i18n';
import type { MailAddressForm, MailSettingsView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useRequest } from '../api/use-request.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { ChoiceField } from '../ui/fields.tsx';

/** Which addresses the mail log keeps. Asked for when it is opened. */
export function AddressSetting() {
	const [ isOpen, setOpen ] = useState( false );
	return (
		<Disclosure
			summary={ __( 'Addresses in the Mail Log', 'email-gateway' ) }
			onToggle={ ( opened ) => opened && setOpen( true ) }
		>
			{ isOpen && <Setting /> }
		</Disclosure>
	);
}

function Setting() {
	const ask = useCallback( ( signal: AbortSignal ) => call( 'readMailSettings', { signal } ), [] );
	const { answer, problem, set, retry } = useAnswer( ask );
	if ( problem ) {
		return <ProblemNotice problem={ problem } onRetry={ retry } />;
	}
	return answer ? <Choice saved={ answer } onSaved={ set } /> : <Spinner />;
}

function Choice( { saved, onSaved }: { saved: MailSettingsView; onSaved: ( saved: MailSettingsView ) => void } ) {
	const [ chosen, choose ] = useState< MailAddressForm >( saved.addresses );
	const request = useRequest();
	const [ isSaved, setSaved ] = useState( false );
	const save = async () => {
		const answer = await request.send( () => call( 'saveMailSettings', { body: { addresses: chosen } } ) );
		if ( answer ) {
			onSaved( answer );
			setSaved( true );
		}
	};
	return (
		<div className="email-gateway-form">
			<ChoiceField
				label={ __( 'How addresses of senders and recipients are kept', 'email-gateway' ) }
				value={ chosen }
				options={ [
					{ value: 'whole', label: __( 'Whole addresses', 'email-gateway' ) },
					{ value: 'domains', label: __( 'Domains only, for example @example.org', 'email-gateway' ) },
					{
						value: 'hashed',
						label: __(
							'Keyed hashes: no address can be read, a search for a whole address still finds it',
							'email-gateway'
						),
					},
				] }
				onChange={ ( value ) => {
					choose( value );
					setSaved( false );
				} }
			/>
			<p className="email-gateway-quiet">
				{ __(
					'This also holds for replies of the provider and for CSV. Entries that are already there are rewritten within minutes; what was shortened once cannot be restored. The log on each server keeps whole addresses for two weeks.',
					'email-gateway'
				) }
			</p>
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
			{ isSaved && (
				<Notice status="success" isDismissible={ false }>
					{ _x( 'Saved.', 'how addresses are kept', 'email-gateway' ) }
				</Notice>
			) }
			{ saved.rewriting && <p>{ __( 'Earlier entries are being rewritten now.', 'email-gateway' ) }</p> }
			<Actions>
				<ActionButton
					busy={ request.busy }
					disabled={ chosen === saved.addresses }
					onClick={ () => void save() }
				>
					{ _x( 'Save Changes', 'how addresses are kept', 'email-gateway' ) }
				</ActionButton>
			</Actions>
		</div>
	);
}
