import { useState } from '@wordpress/element';
import { __, _x, sprintf } from '@wordpress/i18n';
import type { RouteInput, SendingUser } from '@email-gateway/shared';
import { fieldSentencesOf } from '../api/field-problems.ts';
import type { Problem } from '../api/problem.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Confirmation } from '../ui/confirmation.tsx';
import { TextField } from '../ui/fields.tsx';
import { FormArea } from '../ui/form-area.tsx';
import { SecretField } from '../ui/secret-field.tsx';
import { fieldLabel } from '../words/field-labels.ts';
import { fieldSentence } from '../words/field-problems.ts';
import { userName } from '../words/sites.ts';
import { firstChoice, RouteAccountField } from './route-account-field.tsx';

interface Props {
	user: SendingUser;
	problem: Problem | null;
	onType: ( field: string ) => void;
	disabled: boolean;
	/** Signs in and asks DNS, and sets nothing. */
	onCheck: ( route: RouteInput ) => void;
	onSet: ( route: RouteInput ) => void;
	onCancel: () => void;
}

/** By which account mail of a Unix user leaves, and what it may send as. */
export function RouteQuestion( { user, problem, disabled, onType, onCheck, onSet, onCancel }: Props ) {
	const { route } = user;
	const [ choice, setChoice ] = useState( firstChoice( route ) );
	const [ isMissing, setMissing ] = useState( false );
	const [ typed, setTyped ] = useState( {
		...{ smtpServer: '', smtpPort: '587', userName: '', password: '' },
		senders: ( route?.senders ?? user.senderDomains ).join( ', ' ),
		sendAs: route?.sendAs ?? '',
	} );
	const refused = fieldSentencesOf( problem, '' );
	const field = ( name: keyof typeof typed ) => ( {
		...{ name, value: typed[ name ], problem: refused[ name ] },
		onChange: ( value: string ) => {
			onType( name );
			setTyped( { ...typed, [ name ]: value } );
		},
	} );
	const give = ( to: ( route: RouteInput ) => void ) => {
		setMissing( choice === '' );
		const { senders, sendAs, smtpPort, ...signIn } = typed;
		const account: RouteInput[ 'account' ] =
			choice === 'typed'
				? { use: 'typed', ...signIn, smtpPort: Number( smtpPort ) }
				: choice === 'kept'
				? { use: 'kept' }
				: { use: 'account', id: choice };
		if ( choice !== '' ) {
			to( { account, senders: senders.split( /[\s,;]+/ ).filter( Boolean ), sendAs: sendAs.trim() || null } );
		}
	};
	return (
		<Confirmation
			/* translators: %s: name of a Unix user */
			title={ sprintf( __( 'By which account does mail of %s leave?', 'email-gateway' ), userName( user ) ) }
			confirm={ __( 'Set Route', 'email-gateway' ) }
			onConfirm={ () => give( onSet ) }
			onCancel={ onCancel }
		>
			<p>
				{ __(
					'Its mail leaves by this account alone, and no other Unix user’s mail does. What it sends with an envelope sender that is not listed here is held; by SMTP it is refused. The header From is not checked.',
					'email-gateway'
				) }
			</p>
			{ user.sites.length > 1 && (
				<p>
					{ __(
						'The sites of this Unix user cannot be told apart: all of them send by this account, and each may send as the others.',
						'email-gateway'
					) }
				</p>
			) }
			<FormArea problem={ problem }>
				<RouteAccountField
					route={ route }
					value={ choice }
					problem={ isMissing ? fieldSentence( 'required', 'account' ) : undefined }
					onChange={ ( next ) => {
						setMissing( false );
						setChoice( next );
					} }
				/>
				{ choice === 'typed' && (
					<>
						<TextField
							{ ...field( 'smtpServer' ) }
							label={ __( 'SMTP Server', 'email-gateway' ) }
							required
						/>
						<TextField
							{ ...field( 'smtpPort' ) }
							label={ __( 'SMTP Port', 'email-gateway' ) }
							type="port"
							size="short"
							required
						/>
						<TextField { ...field( 'userName' ) } label={ __( 'User Name', 'email-gateway' ) } required />
						<SecretField
							{ ...field( 'password' ) }
							label={ _x( 'Password', 'label of a field', 'email-gateway' ) }
						/>
					</>
				) }
				<TextField
					{ ...field( 'senders' ) }
					label={ __( 'Senders of This Site', 'email-gateway' ) }
					required
					help={ __(
						'Domains or addresses that this account may send as, separated with commas. The first one is used for mail whose sender has no domain.',
						'email-gateway'
					) }
				/>
				<TextField
					{ ...field( 'sendAs' ) }
					label={ fieldLabel( 'sendAs' ) }
					help={ __(
						'Empty: From stays as the site writes it. With an address, all mail of this route leaves as that address, and replies go to the site’s own From, unless a message has a Reply-To. Recipients stay.',
						'email-gateway'
					) }
				/>
				<div className="email-gateway-actions">
					<ActionButton variant="secondary" disabled={ disabled } onClick={ () => give( onCheck ) }>
						{ __( 'Check Route', 'email-gateway' ) }
					</ActionButton>
				</div>
			</FormArea>
		</Confirmation>
	);
}
