import { useState } from '@wordpress/element';
import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { TextField, type FieldProps } from './fields.tsx';

/** A password that is typed here, and can be read while it is typed. A saved one never comes back to the browser. */
export function SecretField( props: FieldProps ) {
	const [ shown, setShown ] = useState( false );
	const { label, value, size = 'normal' } = props;
	return (
		<div className={ `email-gateway-secret email-gateway-field is-${ size }` }>
			<TextField { ...props } type={ shown ? 'text' : 'password' } />
			{ value !== '' && (
				<Button variant="link" type="button" aria-pressed={ shown } onClick={ () => setShown( ! shown ) }>
					{
						/* translators: %s: name of a field, e.g. Password */
						sprintf( shown ? __( 'Hide %s', 'email-gateway' ) : __( 'Show %s', 'email-gateway' ), label )
					}
				</Button>
			) }
		</div>
	);
}
