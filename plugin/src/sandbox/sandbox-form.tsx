import type { ReactNode } from 'react';
import { useState } from '@wordpress/element';
import { __, _x } from '@wordpress/i18n';
import type { SandboxKind, SandboxRules, SandboxView } from '@email-gateway/shared';
import { fieldSentencesOf } from '../api/field-problems.ts';
import type { Problem } from '../api/problem.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { ChoiceField, TextField } from '../ui/fields.tsx';
import { FormArea } from '../ui/form-area.tsx';

interface Props {
	/** What is on now. */
	sandbox: SandboxView | null;
	/** The mailbox that is offered first. */
	firstMailbox: string;
	problem: Problem | null;
	busy: boolean;
	disabled: boolean;
	/** These fields were. */
	onChange: ( names: string[] ) => void;
	onTurnOn: ( rules: SandboxRules ) => void;
	onPreview: ( rules: SandboxRules ) => void;
	/** Another button. */
	children: ReactNode;
}

/** Where mail goes while the sandbox is on. */
export function SandboxForm( props: Props ) {
	const { sandbox, firstMailbox, problem, busy, disabled, onChange, onTurnOn, onPreview, children } = props;
	const [ kind, setKind ] = useState< SandboxKind >( sandbox?.kind ?? 'redirect' );
	const [ mailbox, setMailbox ] = useState( sandbox?.mailbox ?? firstMailbox );
	const [ allowed, setAllowed ] = useState( sandbox?.allowed.join( ', ' ) ?? '' );
	const domains = allowed.split( /[\s,;]+/ ).filter( Boolean );
	const rules: SandboxRules = kind === 'redirect' ? { kind, mailbox, allowed: domains } : { kind };
	const problems = fieldSentencesOf( problem, 'rules' );
	const typed = ( name: string, set: ( value: string ) => void ) => ( value: string ) => {
		onChange( [ name ] );
		set( value );
	};
	return (
		<>
			<FormArea problem={ problem }>
				<ChoiceField
					label={ __( 'What becomes of all mail of this server', 'email-gateway' ) }
					value={ kind }
					options={ [
						{ value: 'redirect', label: __( 'One mailbox gets it', 'email-gateway' ) },
						{ value: 'hold', label: __( 'Hold it on the server', 'email-gateway' ) },
						{ value: 'drop', label: __( 'Throw it away', 'email-gateway' ) },
					] }
					onChange={ ( next ) => {
						onChange( [ 'mailbox', 'allowed' ] );
						setKind( next );
					} }
				/>
				{ kind === 'redirect' && (
					<>
						<TextField
							label={ _x( 'Mailbox', 'label of a field', 'email-gateway' ) }
							name="mailbox"
							type="email"
							required
							value={ mailbox }
							onChange={ typed( 'mailbox', setMailbox ) }
							problem={ problems.mailbox }
							help={ __( 'The To of each message stays as it is.', 'email-gateway' ) }
						/>
						<TextField
							label={ __( 'Allowed Domains', 'email-gateway' ) }
							name="allowed"
							value={ allowed }
							onChange={ typed( 'allowed', setAllowed ) }
							problem={ problems.allowed }
							help={ __(
								'Mail for addresses of these domains is delivered as usual. Separate domains with commas.',
								'email-gateway'
							) }
						/>
					</>
				) }
			</FormArea>
			<Actions>
				<ActionButton variant="primary" busy={ busy } disabled={ disabled } onClick={ () => onTurnOn( rules ) }>
					{ sandbox ? __( 'Change Sandbox', 'email-gateway' ) : __( 'Turn On Sandbox', 'email-gateway' ) }
				</ActionButton>
				<ActionButton disabled={ disabled } onClick={ () => onPreview( rules ) }>
					{ __( 'Preview Sandbox', 'email-gateway' ) }
				</ActionButton>
				{ children }
			</Actions>
		</>
	);
}
