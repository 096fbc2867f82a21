import { useState } from '@wordpress/element';
import { ToggleControl } from '@wordpress/components';
import { __, _x, sprintf } from '@wordpress/i18n';
import type { ChannelKind, ChannelView } from '@email-gateway/shared';
import { fieldSentencesOf } from '../api/field-problems.ts';
import type { Sending } from '../api/use-request.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions, Row } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { SelectField, TextField } from '../ui/fields.tsx';
import { FormArea, useForm } from '../ui/form-area.tsx';
import { SecretField } from '../ui/secret-field.tsx';
import { useUnsaved } from '../unsaved/use-unsaved.ts';
import { channelHelp, channelNames, savedWords } from '../words/alert-channels.ts';
import { fieldLabel } from '../words/field-labels.ts';
import { AccountField } from './account-field.tsx';
import type { ChannelCalls, WithChannels } from './channel-calls.ts';
import { targetOf, type ChannelValues } from './channel-fields.ts';
import type { Asking } from './use-asking.ts';

interface ChannelFormProps< View extends WithChannels > {
	/** null: a new one. */
	channel: ChannelView | null;
	calls: ChannelCalls< View >;
	/** Who owns servers, by user id. */
	names: ReadonlyMap< number, string >;
	asking: Asking< View >;
	request: Sending;
	onClose: () => void;
}

/** Adds a channel or changes it. What was saved of its target is not shown again: it stays, or is entered anew. */
export function ChannelForm< View extends WithChannels >( props: ChannelFormProps< View > ) {
	const { channel, calls, names, asking, request, onClose } = props;
	const { kinds, fieldsOf } = calls;
	const [ kind, setKind ] = useState< ChannelKind >( channel?.kind ?? kinds[ 0 ] ?? 'webhook' );
	const [ name, setName ] = useState( channel?.name ?? '' );
	const [ owner, setOwner ] = useState( String( channel?.owner ?? '' ) );
	const [ weekly, setWeekly ] = useState( channel?.weekly ?? false );
	const [ values, setValues ] = useState< ChannelValues >( {} );
	const [ isDirty, setDirty ] = useState( false );
	const form = useForm();
	useUnsaved( _x( 'Alerts', 'heading', 'email-gateway' ), isDirty, form );
	const isTyped = fieldsOf( kind ).some( ( field ) => ( values[ field.name ] ?? '' ) !== '' );
	const change = ( field: string, value: string ) => {
		request.changed( [ field ] );
		setDirty( true );
		setValues( { ...values, [ field ]: value } );
	};
	const save = async () => {
		const body = {
			...{ id: channel?.id ?? null, name, weekly: weekly && kind === 'email' },
			owner: owner === '' ? null : Number( owner ),
			target: channel && ! isTyped ? null : targetOf( kind, values ),
		};
		const saved = await asking.ask( () => calls.save( body ), savedWords( kind ) );
		if ( saved ) {
			onClose();
		}
	};
	const sentences = fieldSentencesOf( request.problem, 'target' );
	return (
		<div className="email-gateway-channel-form">
			<FormArea problem={ request.problem } form={ form }>
				{ channel === null && (
					<Row>
						<SelectField
							size="normal"
							label={ __( 'Kind of Channel', 'email-gateway' ) }
							value={ kind }
							options={ kinds.map( ( value ) => ( { value, label: channelNames[ value ]() } ) ) }
							onChange={ ( next ) => {
								request.changed( fieldsOf( kind ).map( ( field ) => field.name ) );
								setKind( next );
								setDirty( true );
							} }
						/>
					</Row>
				) }
				<p>{ channelHelp[ kind ]() }</p>
				{ channel && channel.shown !== '' && fieldsOf( kind ).length > 0 && <p>{ keptWords( channel ) }</p> }
				<Row>
					{ fieldsOf( kind ).map( ( { name: field, type, placeholder, help, optional } ) => {
						const props = {
							...{ name: field, label: fieldLabel( field ), value: values[ field ] ?? '' },
							onChange: ( value: string ) => change( field, value ),
							problem: sentences[ field ],
							required: channel === null && ! optional,
							...( placeholder ? { placeholder } : {} ),
							...( help ? { help: help() } : {} ),
						};
						if ( type === 'account' ) {
							const { value, onChange, problem } = props;
							return <AccountField key={ field } { ...{ value, onChange, problem } } />;
						}
						return type === 'secret' ? (
							<SecretField key={ field } { ...props } />
						) : (
							<TextField key={ field } { ...props } type={ type ?? 'text' } />
						);
					} ) }
				</Row>
				<Row>
					<TextField
						name="name"
						label={ fieldLabel( 'name' ) }
						value={ name }
						onChange={ ( value ) => {
							request.changed( [ 'name' ] );
							setDirty( true );
							setName( value );
						} }
						problem={ fieldSentencesOf( request.problem, '' ).name }
						help={ __( 'What you call it here. It may be empty.', 'email-gateway' ) }
					/>
					{ names.size > 0 && kind !== 'heartbeat' && (
						<SelectField
							size="normal"
							label={ __( 'Whose Servers', 'email-gateway' ) }
							value={ owner }
							options={ [
								{ value: '', label: __( 'All servers of this site', 'email-gateway' ) },
								...[ ...names ].map( ( [ id, label ] ) => ( { value: String( id ), label } ) ),
							] }
							onChange={ ( value ) => {
								setDirty( true );
								setOwner( value );
							} }
						/>
					) }
				</Row>
				{ kind === 'email' && (
					<ToggleControl
						__nextHasNoMarginBottom
						label={ __( 'Also send a weekly report', 'email-gateway' ) }
						checked={ weekly }
						onChange={ ( value: boolean ) => {
							setDirty( true );
							setWeekly( value );
						} }
					/>
				) }
			</FormArea>
			<Actions>
				<ActionButton variant="primary" busy={ asking.busy } onClick={ () => void save() }>
					{ channel ? __( 'Save Channel', 'email-gateway' ) : __( 'Add This Channel', 'email-gateway' ) }
				</ActionButton>
				<ActionButton evenAway onClick={ onClose }>
					{ _x( 'Cancel', 'button', 'email-gateway' ) }
				</ActionButton>
			</Actions>
			{ request.problem && request.problem.fields.length > 0 && <ProblemNotice problem={ request.problem } /> }
		</div>
	);
}

const keptWords = ( { shown, account }: ChannelView ) =>
	account === null
		? sprintf(
				/* translators: %s: host name or mail address */
				__( 'Saved for %s, and not shown again. Leave the fields empty to keep it.', 'email-gateway' ),
				shown
		  )
		: sprintf(
				/* translators: 1: mail address, 2: name of an account */
				__( 'Saved for %1$s, by the account %2$s. Leave the fields empty to keep both.', 'email-gateway' ),
				shown,
				account
		  );
