import { useState } from '@wordpress/element';
import { __, _x } from '@wordpress/i18n';
import type { SandboxKind, SandboxRules, SandboxView } from '@email-gateway/shared';
import type { Problem } from '../api/problem.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { ChoiceField, TextField } from '../ui/fields.tsx';
import { FormArea } from '../ui/form-area.tsx';
import { fieldSentence } from '../words/field-problems.ts';

interface Props {
	/** What is on now. */
	sandbox: SandboxView | null;
	/** The mailbox that is offered first. */
	firstMailbox: string;
	problem: Problem | null;
	busy: boolean;
	disabled: boolean;
	onChange: () => void;
	onTurnOn: ( rules: SandboxRules ) => void;
}

/** Where mail goes while the sandbox is on. */
export function SandboxForm( { sandbox, firstMailbox, problem, busy, disabled, onChange, onTurnOn }: Props ) {
	const [ kind, setKind ] = useState< SandboxKind >( sandbox?.kind ?? 'redirect' );
	const [ mailbox, setMailbox ] = useState( sandbox?.mailbox ?? firstMailbox );
	const [ allowed, setAllowed ] = useState( sandbox?.allowed.join( ', ' ) ?? '' );
	const domains = allowed.split( /[\s,;]+/ ).filter( Boolean );
	const sentenceOf = ( name: string ) => {
		const found = problem?.fields.find( ( { path } ) => `${ path }.`.startsWith( `rules.${ name }.` ) );
		return found && fieldSentence( found.problem, name );
	};
	const typed = ( set: ( value: string ) => void ) => ( value: string ) => {
		onChange();
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
						onChange();
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
							onChange={ typed( setMailbox ) }
							problem={ sentenceOf( 'mailbox' ) }
							help={ __( 'The To of each message stays as it is.', 'email-gateway' ) }
						/>
						<TextField
							label={ __( 'Allowed Domains', 'email-gateway' ) }
							name="allowed"
							value={ allowed }
							onChange={ typed( setAllowed ) }
							problem={ sentenceOf( 'allowed' ) }
							help={ __(
								'Mail for addresses of these domains is delivered as usual. Separate domains with commas.',
								'email-gateway'
							) }
						/>
					</>
				) }
			</FormArea>
			<Actions>
				<ActionButton
					variant="primary"
					busy={ busy }
					disabled={ disabled }
					onClick={ () => onTurnOn( kind === 'redirect' ? { kind, mailbox, allowed: domains } : { kind } ) }
				>
					{ sandbox ? __( 'Change Sandbox', 'email-gateway' ) : __( 'Turn On Sandbox', 'email-gateway' ) }
				</ActionButton>
			</Actions>
		</>
	);
}
