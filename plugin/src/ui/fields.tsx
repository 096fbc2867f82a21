import type { ClipboardEvent, ReactNode } from 'react';
import { RadioControl, SelectControl, TextareaControl, TextControl } from '@wordpress/components';

export interface FieldProps {
	label: string;
	value: string;
	onChange: ( value: string ) => void;
	help?: ReactNode;
	/** Why the last value was refused: shown instead of the help. */
	problem?: string | undefined;
	placeholder?: string;
	/** Why it cannot be changed here; shown instead of the help. */
	fixedBy?: string | undefined;
	/** A text is pasted; true keeps it out of the field. */
	onPasteText?: ( text: string ) => boolean;
	size?: 'short' | 'normal';
	/** As in what is sent: a message about the field leads to it. */
	name?: string;
	/** Marked, and told to screen readers. No browser checks it: the form around ours is WordPress's. */
	required?: boolean;
}

const classes = ( { problem, required, size = 'normal' }: FieldProps ) =>
	`email-gateway-field is-${ size }${ problem ? ' has-problem' : '' }${ required ? ' is-required' : '' }`;

const helpOf = ( { help, problem, fixedBy }: FieldProps ) => ( problem ? <span>{ problem }</span> : fixedBy ?? help );

/** One line of text. It has no `name`, so that the post form around it never carries it. */
export function TextField( props: FieldProps & { type?: 'text' | 'port' | 'email' | 'password' } ) {
	const { label, value, onChange, problem, placeholder, required, onPasteText, type = 'text' } = props;
	return (
		<TextControl
			__nextHasNoMarginBottom
			__next40pxDefaultSize
			className={ classes( props ) }
			label={ label }
			value={ value }
			onChange={ onChange }
			help={ helpOf( props ) }
			placeholder={ placeholder }
			// A number field would change its value under the mouse wheel.
			type={ type === 'port' ? 'text' : type }
			inputMode={ type === 'port' ? 'numeric' : undefined }
			readOnly={ props.fixedBy !== undefined }
			onPaste={ ( event: ClipboardEvent ) => {
				if ( onPasteText?.( event.clipboardData.getData( 'text/plain' ) ) ) {
					event.preventDefault();
				}
			} }
			data-field={ props.name }
			aria-invalid={ problem ? true : undefined }
			aria-required={ required }
			autoComplete={ type === 'password' ? 'new-password' : 'off' }
			spellCheck={ false }
			autoCapitalize="none"
		/>
	);
}

export function AreaField( props: FieldProps & { rows?: number } ) {
	const { label, value, onChange, problem, placeholder, required, rows = 4 } = props;
	return (
		<TextareaControl
			__nextHasNoMarginBottom
			className={ `${ classes( props ) } is-wide` }
			label={ label }
			value={ value }
			onChange={ onChange }
			help={ helpOf( props ) }
			placeholder={ placeholder }
			rows={ rows }
			data-field={ props.name }
			aria-invalid={ problem ? true : undefined }
			aria-required={ required }
			autoComplete="off"
			spellCheck={ false }
		/>
	);
}

interface ChoiceProps< Value extends string > {
	label: string;
	value: Value;
	options: ReadonlyArray< { value: Value; label: string } >;
	onChange: ( value: Value ) => void;
	/** Only for screen readers. */
	hideLabel?: boolean;
	size?: 'short' | 'normal';
	help?: string;
	/** As in what is sent: a message about the field leads to it. */
	name?: string;
}

export function ChoiceField< Value extends string >( { label, value, options, onChange }: ChoiceProps< Value > ) {
	return (
		<RadioControl
			className="email-gateway-choice"
			// Radios need a name to belong together; a form that does not exist keeps it out of the post form.
			form="email-gateway"
			label={ label }
			selected={ value }
			options={ [ ...options ] }
			onChange={ ( chosen ) => onChange( chosen as Value ) }
		/>
	);
}

export function SelectField< Value extends string >( {
	label,
	value,
	options,
	onChange,
	hideLabel = false,
	size = 'short',
	help,
	name,
}: ChoiceProps< Value > ) {
	return (
		<SelectControl
			__nextHasNoMarginBottom
			__next40pxDefaultSize
			className={ `email-gateway-field is-${ size }` }
			label={ label }
			hideLabelFromVision={ hideLabel }
			help={ help }
			data-field={ name }
			value={ value }
			options={ [ ...options ] }
			onChange={ ( chosen ) => onChange( chosen as Value ) }
		/>
	);
}
