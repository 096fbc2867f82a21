import { useState } from '@wordpress/element';
import { __, _x, sprintf } from '@wordpress/i18n';
import type { OfferedAccount } from '@email-gateway/shared';
import { ActionButton } from '../ui/action-button.tsx';
import { SelectField } from '../ui/fields.tsx';

interface LoadProps {
	/** As they came with the view: undefined where a backend of an earlier release told it. */
	accounts: readonly OfferedAccount[] | undefined;
	disabled: boolean;
	onLoad: ( id?: string ) => void;
}

/** The first thing in an empty form: where to begin, and what it would fill in. */
export function LoadDefaultsFirst( { accounts = [], disabled, onLoad }: LoadProps ) {
	const account = accounts.find( ( { isDefault } ) => isDefault );
	return (
		<div className="email-gateway-offer">
			<ActionButton disabled={ disabled } onClick={ () => onLoad() }>
				{ __( 'Load Defaults', 'email-gateway' ) }
			</ActionButton>
			<span>
				{ account
					? sprintf(
							/* translators: 1: host and port, 2: user name, 3: domain */
							__( 'Fills in the saved defaults: %1$s as %2$s, for %3$s.', 'email-gateway' ),
							`${ account.smtpServer }:${ account.smtpPort }`,
							account.userName,
							account.sendingDomain
					  )
					: __( 'Fills in the saved default credentials.', 'email-gateway' ) }
			</span>
		</div>
	);
}

/** Where a site has several accounts: which of them to fill in. */
export function LoadAnother( { accounts = [], disabled, onLoad }: LoadProps ) {
	const [ id, setId ] = useState( '' );
	if ( accounts.every( ( { isDefault } ) => isDefault ) ) {
		return null;
	}
	return (
		<div className="email-gateway-offer">
			<SelectField
				size="normal"
				label={ _x( 'Account', 'label of a field', 'email-gateway' ) }
				value={ id }
				options={ [
					{ value: '', label: _x( 'Choose…', 'option', 'email-gateway' ) },
					...accounts.map( ( { id: value, name: label } ) => ( { value, label } ) ),
				] }
				onChange={ setId }
			/>
			<ActionButton disabled={ disabled || id === '' } onClick={ () => onLoad( id ) }>
				{ __( 'Load Account', 'email-gateway' ) }
			</ActionButton>
		</div>
	);
}
