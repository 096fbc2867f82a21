import { __, _x } from '@wordpress/i18n';
import type { ServerView } from '@email-gateway/shared';
import type { FieldSentences } from '../api/field-problems.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Row } from '../ui/card.tsx';
import { AreaField, ChoiceField, TextField } from '../ui/fields.tsx';
import { SecretField } from '../ui/secret-field.tsx';
import { pastedHost } from './pasted-host.ts';
import { keepsSignIn, type ConnectionValues, type SignInKind } from './form.ts';
import { ServerKey } from './server-key.tsx';

interface ConnectionFieldsProps {
	/** null where the server is still to be added. */
	view: ServerView | null;
	values: ConnectionValues;
	onChange: ( values: ConnectionValues ) => void;
	problems: FieldSentences;
}

const kinds = (): ReadonlyArray< { value: SignInKind; label: string } > => [
	{ value: 'managed_key', label: __( 'A key generated for this server (recommended)', 'email-gateway' ) },
	{ value: 'private_key', label: __( 'My own private key', 'email-gateway' ) },
	{ value: 'password', label: __( 'A password', 'email-gateway' ) },
];

export function ConnectionFields( { view, values, onChange, problems }: ConnectionFieldsProps ) {
	const paste = ( text: string ) => {
		const found = pastedHost( text );
		if ( found ) {
			onChange( { ...values, ...found } );
		}
		return found !== null;
	};
	const field = ( name: 'host' | 'sshPort' | 'sshUser' ) => ( {
		name,
		value: values[ name ],
		onChange: ( value: string ) => onChange( { ...values, [ name ]: value } ),
		problem: problems[ name ],
		required: true,
	} );
	return (
		<>
			<Row>
				<TextField
					label={ _x( 'Host', 'label of a field', 'email-gateway' ) }
					{ ...field( 'host' ) }
					onPasteText={ paste }
					help={ __( 'Name or IPv4 address of the server.', 'email-gateway' ) }
				/>
				<TextField
					label={ __( 'SSH Port', 'email-gateway' ) }
					type="port"
					size="short"
					{ ...field( 'sshPort' ) }
				/>
				<TextField label={ __( 'SSH User', 'email-gateway' ) } { ...field( 'sshUser' ) } />
			</Row>
			<ChoiceField
				label={ __( 'SSH Sign-in', 'email-gateway' ) }
				value={ values.signIn }
				options={ kinds() }
				onChange={ ( signIn ) => onChange( { ...values, signIn } ) }
			/>
			<SignInFields view={ view } values={ values } onChange={ onChange } problems={ problems } />
			{ values.sshUser !== 'root' && (
				<SudoFields view={ view } values={ values } onChange={ onChange } problems={ problems } />
			) }
		</>
	);
}

const savedHelp = () => __( 'Saved. Leave blank to keep it.', 'email-gateway' );
const savedMark = () => __( '•••••• saved', 'email-gateway' );

function SignInFields( { view, values, onChange, problems }: ConnectionFieldsProps ) {
	const connection = view?.connection ?? null;
	const kept = keepsSignIn( values, connection ) && connection?.signIn === values.signIn;
	if ( values.signIn === 'managed_key' ) {
		return view ? (
			<ServerKey view={ view } done={ kept && connection?.lastLook !== null } />
		) : (
			<p className="email-gateway-quiet">
				{ __(
					'Check Connection adds the server and shows one line to run on it, which lets the key in.',
					'email-gateway'
				) }
			</p>
		);
	}
	if ( values.signIn === 'password' ) {
		return (
			<Row>
				<SecretField
					label={ __( 'SSH Password', 'email-gateway' ) }
					name="password"
					required={ ! kept }
					value={ values.sshPassword }
					onChange={ ( sshPassword ) => onChange( { ...values, sshPassword } ) }
					problem={ problems.password }
					placeholder={ kept ? savedMark() : '' }
					help={ kept ? savedHelp() : undefined }
				/>
			</Row>
		);
	}
	return (
		<>
			<AreaField
				label={ __( 'Private Key', 'email-gateway' ) }
				name="privateKey"
				required={ ! kept }
				value={ values.privateKey }
				onChange={ ( privateKey ) => onChange( { ...values, privateKey } ) }
				problem={ problems.privateKey }
				placeholder={ kept ? savedMark() : '-----BEGIN OPENSSH PRIVATE KEY-----' }
				help={ kept ? savedHelp() : undefined }
			/>
			<Row>
				<SecretField
					label={ _x( 'Passphrase', 'label of a field', 'email-gateway' ) }
					name="passphrase"
					value={ values.passphrase }
					onChange={ ( passphrase ) => onChange( { ...values, passphrase } ) }
					problem={ problems.passphrase }
					placeholder={ kept && connection?.passphraseSaved ? savedMark() : '' }
					help={ __( 'Leave blank if the private key has no passphrase.', 'email-gateway' ) }
				/>
			</Row>
		</>
	);
}

function SudoFields( { view, values, onChange, problems }: ConnectionFieldsProps ) {
	const connection = view?.connection ?? null;
	const saved = connection?.sudoPasswordSaved === true && keepsSignIn( values, connection );
	const kept = saved && ! values.dropSudoPassword;
	return (
		<Row>
			<SecretField
				label={ __( 'Sudo Password', 'email-gateway' ) }
				name="sudoPassword"
				value={ values.sudoPassword }
				onChange={ ( sudoPassword ) => onChange( { ...values, sudoPassword, dropSudoPassword: false } ) }
				problem={ problems.sudoPassword }
				placeholder={ kept ? savedMark() : '' }
				help={ kept ? savedHelp() : __( 'Leave blank if sudo does not ask for a password.', 'email-gateway' ) }
			/>
			{ kept && (
				<ActionButton
					evenAway
					variant="link"
					onClick={ () => onChange( { ...values, dropSudoPassword: true } ) }
				>
					{ __( 'Remove the saved sudo password', 'email-gateway' ) }
				</ActionButton>
			) }
		</Row>
	);
}
