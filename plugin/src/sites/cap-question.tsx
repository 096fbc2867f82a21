import { useState } from '@wordpress/element';
import { __, _x, sprintf } from '@wordpress/i18n';
import type { CapChoice, CapLimits } from '@email-gateway/shared';
import { Confirmation } from '../ui/confirmation.tsx';
import { ChoiceField } from '../ui/fields.tsx';
import { fieldSentence } from '../words/field-problems.ts';
import { CapFields } from './cap-fields.tsx';
import { readLimits, typedLimits, type TypedLimits } from './typed-limits.ts';

type Kind = CapChoice[ 'kind' ];

interface Props {
	/** Null: of all users without a cap of their own. */
	user: string | null;
	/** What is set now. */
	kind: Kind;
	limits: CapLimits | null;
	onSave: ( cap: CapChoice ) => void;
	onCancel: () => void;
}

/** How much a user may send before the rest is held. What is wrong is told beside its field, and nothing is sent. */
export function CapQuestion( { user, onSave, onCancel, ...now }: Props ) {
	const [ kind, setKind ] = useState< Kind >( now.kind );
	const [ typed, setTyped ] = useState< TypedLimits >( typedLimits( now.limits ) );
	const [ problems, setProblems ] = useState< Partial< Record< string, string > > >( {} );
	const save = () => {
		const found = kind === 'limits' ? readLimits( typed ) : { problems: {}, limits: null };
		const codes = Object.entries( found.problems ).map( ( [ name, code ] ) => [ name, fieldSentence( code ) ] );
		setProblems( Object.fromEntries( codes ) );
		if ( codes.length === 0 ) {
			onSave(
				found.limits ? { kind: 'limits', limits: found.limits } : { kind: kind === 'never' ? kind : 'usual' }
			);
		}
	};
	return (
		<Confirmation
			title={
				user === null
					? __( 'Default cap: of every user without one of their own', 'email-gateway' )
					: /* translators: %s: name of a Unix user */
					  sprintf( __( 'Cap of %s', 'email-gateway' ), user )
			}
			confirm={ __( 'Save Cap', 'email-gateway' ) }
			onConfirm={ save }
			onCancel={ onCancel }
		>
			<p>
				{ __(
					'The server counts recipients, also while the backend is away. What is above the cap is held, and an alert tells you. From the next full hour or day (UTC) on, new mail is sent again; what was held waits for you.',
					'email-gateway'
				) }
			</p>
			<ChoiceField
				label={ __( 'What limits its mail', 'email-gateway' ) }
				value={ kind }
				options={ user === null ? forAll() : forOne() }
				onChange={ setKind }
			/>
			{ kind === 'limits' && <CapFields values={ typed } problems={ problems } onChange={ setTyped } /> }
		</Confirmation>
	);
}

const limited = () => ( { value: 'limits', label: __( 'The numbers below', 'email-gateway' ) } ) as const;
const forAll = () => [
	{ value: 'usual', label: _x( 'Nothing', 'cap of a site', 'email-gateway' ) } as const,
	limited(),
];
const forOne = () => [
	{ value: 'usual', label: __( 'The default cap of this server', 'email-gateway' ) } as const,
	limited(),
	{ value: 'never', label: __( 'Nothing: its mail is never held by a cap', 'email-gateway' ) } as const,
];
