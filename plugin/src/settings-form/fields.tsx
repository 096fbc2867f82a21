import { useState } from '@wordpress/element';
import { __, _x } from '@wordpress/i18n';
import type { Preset } from '@email-gateway/shared/presets';
import type { FieldSentences } from '../api/field-problems.ts';
import { Row } from '../ui/card.tsx';
import { TextField } from '../ui/fields.tsx';
import { SecretField } from '../ui/secret-field.tsx';
import { presetWords } from '../words/presets.ts';
import { FindSettings } from './find-settings.tsx';
import { pastedSettings } from './pasted.ts';
import { hasRegion, other, presetShown, regionOf, serverIn, withPreset, type Choice } from './preset-choice.ts';
import { ProviderField } from './provider-field.tsx';
import { withFound, type SettingsValues } from './values.ts';

export interface SettingsFieldsProps {
	values: SettingsValues;
	onChange: ( values: SettingsValues ) => void;
	problems: FieldSentences;
	/** A password is saved for what is typed: an empty field keeps it. */
	passwordSaved: boolean;
	/** Undefined for an account, which belongs to no server. */
	serverId?: number;
	/** Without what can wait. */
	isShort?: boolean;
	/** Why a field cannot be changed here, by its name. */
	fixed?: Partial< Record< string, string > >;
}

const neededByAll: readonly string[] = [ 'smtpServer', 'smtpPort', 'userName', 'sendingDomain' ];

type TextName = Exclude< keyof SettingsValues, 'account' >;

/** What one field needs, by its name. */
export function fieldOf( { values, onChange, problems, fixed }: SettingsFieldsProps, name: TextName ) {
	return {
		name,
		value: values[ name ],
		onChange: ( value: string ) => onChange( { ...values, [ name ]: value } ),
		problem: problems[ name ],
		fixedBy: fixed?.[ name ],
		required: neededByAll.includes( name ),
	};
}

/** The fields that one server and an account share, with their caveats beside them. */
export function SettingsFields( props: SettingsFieldsProps ) {
	const { values, onChange, problems, fixed = {} } = props;
	const [ choice, setChoice ] = useState< Choice | null >( null );
	const preset = presetShown( values.smtpServer, choice );
	const words = preset && presetWords( preset );
	/** Never over what is fixed elsewhere. */
	const fill = ( next: Partial< SettingsValues > ) => {
		const free = Object.entries( next ).filter( ( [ name ] ) => fixed[ name ] === undefined );
		onChange( { ...values, ...Object.fromEntries( free ) } );
	};
	const choose = ( id: string ) => {
		const next = withPreset( values, id );
		setChoice( { id, smtpServer: next.smtpServer } );
		if ( next !== values ) {
			fill( next );
		}
	};
	const setRegion = ( of: Preset ) => ( region: string ) => {
		const smtpServer = serverIn( of, region );
		setChoice( { id: of.id, smtpServer } );
		fill( { smtpServer, account: null } );
	};
	const paste = ( text: string ) => {
		const found = pastedSettings( text );
		if ( found ) {
			fill( { ...found, account: null } );
		}
		return found !== null;
	};
	return (
		<>
			{ fixed.smtpServer === undefined && (
				<ProviderField
					preset={ preset }
					isOpen={ values.smtpServer === '' && choice?.id !== other }
					onChoose={ choose }
				/>
			) }
			{ ! preset && fixed.smtpServer === undefined && (
				<FindSettings
					serverId={ props.serverId }
					isStart={ values.smtpServer === '' && ! props.isShort }
					onFound={ ( found ) => fill( withFound( values, found ) ) }
				/>
			) }
			{ preset && hasRegion( preset ) && fixed.smtpServer === undefined && (
				<TextField
					label={ _x( 'Region', 'label of a field', 'email-gateway' ) }
					value={ regionOf( preset, values.smtpServer ) }
					onChange={ setRegion( preset ) }
					problem={ values.smtpServer === '' ? problems.smtpServer : undefined }
					help={ __(
						'Of your account there, for example eu-central-1. It fills in SMTP Server.',
						'email-gateway'
					) }
				/>
			) }
			<Row>
				<TextField
					label={ __( 'SMTP Server', 'email-gateway' ) }
					{ ...fieldOf( props, 'smtpServer' ) }
					onPasteText={ paste }
					help={ __( 'The provider’s name for sending, for example smtp.example.com.', 'email-gateway' ) }
				/>
				<TextField
					label={ __( 'SMTP Port', 'email-gateway' ) }
					type="port"
					size="short"
					{ ...fieldOf( props, 'smtpPort' ) }
					help={ __( 'Usually 587, 465 or 2525. Always encrypted.', 'email-gateway' ) }
				/>
			</Row>
			<Row>
				<TextField
					label={ __( 'User Name', 'email-gateway' ) }
					{ ...fieldOf( props, 'userName' ) }
					help={
						words?.userName ??
						__( 'As the provider gives it: an address, or a word such as “apikey”.', 'email-gateway' )
					}
				/>
				<PasswordField { ...props } kind={ words?.password } />
			</Row>
			<Row>
				<TextField
					label={ __( 'Sending Domain', 'email-gateway' ) }
					{ ...fieldOf( props, 'sendingDomain' ) }
					help={ __(
						'The sender domain of cron mail, and of sites that set no From address. Most providers require a domain that is verified with them.',
						'email-gateway'
					) }
				/>
				{ ! props.isShort && (
					<TextField
						label={ __( 'Brief Note', 'email-gateway' ) }
						{ ...fieldOf( props, 'note' ) }
						help={ __(
							'Optional, for yourself. Do not put secrets here: notes are stored as plain text.',
							'email-gateway'
						) }
					/>
				) }
			</Row>
		</>
	);
}

function PasswordField( props: SettingsFieldsProps & { kind: string | undefined } ) {
	const { values, onChange, problems, passwordSaved } = props;
	const keep = values.account !== null || passwordSaved;
	const help =
		values.account !== null
			? __( 'The saved password of the account is used.', 'email-gateway' )
			: passwordSaved && values.password === ''
			? __( 'Saved. Leave blank to keep it.', 'email-gateway' )
			: props.kind ??
			  __( 'Often an app password or an SMTP key, not the one you sign in with.', 'email-gateway' );
	return (
		<SecretField
			label={ _x( 'Password', 'label of a field', 'email-gateway' ) }
			required={ ! keep }
			name="password"
			value={ values.password }
			onChange={ ( password ) => onChange( { ...values, password, account: null } ) }
			problem={ problems.password }
			fixedBy={ props.fixed?.password }
			placeholder={ keep ? __( '•••••• saved', 'email-gateway' ) : '' }
			help={ help }
		/>
	);
}
