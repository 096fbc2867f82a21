import { useState } from '@wordpress/element';
import { Notice } from '@wordpress/components';
import { __, _x } from '@wordpress/i18n';
import type { MailAddressForm, MailSettingsView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { fieldSentencesOf } from '../api/field-problems.ts';
import { useRequest } from '../api/use-request.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions, Row } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { ChoiceField, TextField } from '../ui/fields.tsx';
import { FormArea, useForm } from '../ui/form-area.tsx';
import { fieldLabel } from '../words/field-labels.ts';

interface Props {
	saved: MailSettingsView;
	onSaved: ( saved: MailSettingsView ) => void;
}

const forms = (): { value: MailAddressForm; label: string }[] => [
	{ value: 'whole', label: __( 'Whole addresses', 'email-gateway' ) },
	{ value: 'domains', label: __( 'Domains only, for example @example.org', 'email-gateway' ) },
	{
		value: 'hashed',
		label: __(
			'Keyed hashes: no address can be read, a search for a whole address still finds it',
			'email-gateway'
		),
	},
];

/** How addresses are kept, and for how many days messages. */
export function MailSettingsForm( { saved, onSaved }: Props ) {
	const [ addresses, chooseAddresses ] = useState< MailAddressForm >( saved.addresses );
	const [ keptDays, chooseDays ] = useState( String( saved.keptDays ) );
	const [ isSaved, setSaved ] = useState( false );
	const request = useRequest();
	const form = useForm();
	const save = async () => {
		// what is no whole number is sent as null: the backend says what it takes
		const days = /^\s*\d+\s*$/.test( keptDays ) ? Number( keptDays ) : Number.NaN;
		const body = { addresses, keptDays: days };
		const answer = await request.send( () => call( 'saveMailSettings', { body } ) );
		if ( answer ) {
			onSaved( answer );
			setSaved( true );
		}
	};
	return (
		<div className="email-gateway-form">
			<FormArea problem={ request.problem } form={ form }>
				<ChoiceField
					label={ __( 'How addresses of senders and recipients are kept', 'email-gateway' ) }
					value={ addresses }
					options={ forms() }
					onChange={ ( value ) => {
						chooseAddresses( value );
						setSaved( false );
					} }
				/>
				<p className="email-gateway-quiet">
					{ __(
						'This also holds for replies of the provider and for CSV. Entries that are already there are rewritten within minutes; what was shortened once cannot be restored. The log on each server keeps whole addresses for two weeks.',
						'email-gateway'
					) }
				</p>
				<Row>
					<TextField
						label={ fieldLabel( 'keptDays' ) }
						name="keptDays"
						type="port"
						value={ keptDays }
						problem={ fieldSentencesOf( request.problem, '' ).keptDays }
						help={ __(
							'From 10 to 90. Messages that are older are deleted within minutes, and cannot be restored; their numbers stay for 13 months.',
							'email-gateway'
						) }
						onChange={ ( value ) => {
							chooseDays( value );
							setSaved( false );
						} }
					/>
				</Row>
			</FormArea>
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
					disabled={ addresses === saved.addresses && keptDays.trim() === String( saved.keptDays ) }
					onClick={ () => void save() }
				>
					{ _x( 'Save Changes', 'how addresses are kept', 'email-gateway' ) }
				</ActionButton>
			</Actions>
		</div>
	);
}
