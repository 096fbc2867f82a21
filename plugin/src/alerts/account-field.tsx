import { __, _x } from '@wordpress/i18n';
import { call } from '../api/call.ts';
import { useAnswer } from '../api/use-answer.ts';
import { SelectField } from '../ui/fields.tsx';
import { fieldLabel } from '../words/field-labels.ts';

interface AccountFieldProps {
	value: string;
	onChange: ( id: string ) => void;
	/** Why the last value was refused. */
	problem: string | undefined;
}

const readAccounts = ( signal: AbortSignal ) => call( 'readAccounts', { signal } );

/** The account by which email goes out. */
export function AccountField( { value, onChange, problem }: AccountFieldProps ) {
	const { answer } = useAnswer( readAccounts );
	const chosen = answer?.accounts.find( ( { id } ) => id === value );
	const help =
		answer?.accounts.length === 0
			? __( 'There is no account yet: add one under Accounts.', 'email-gateway' )
			: chosen && chosen.usedBy.servers > 0
			? __(
					'Servers use this account, too: when its provider refuses it, no alert arrives either. Better use another one.',
					'email-gateway'
			  )
			: __( 'One that your servers do not use, so that alerts arrive when theirs fails.', 'email-gateway' );
	return (
		<SelectField
			size="normal"
			name="account"
			label={ fieldLabel( 'account' ) }
			value={ value }
			help={ problem ?? help }
			options={ [
				{ value: '', label: _x( 'Choose…', 'option', 'email-gateway' ) },
				...( answer?.accounts ?? [] ).map( ( { id, name } ) => ( { value: id, label: name } ) ),
			] }
			onChange={ onChange }
		/>
	);
}
