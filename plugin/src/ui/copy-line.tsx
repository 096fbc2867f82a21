import { useRef, useState } from '@wordpress/element';
import { speak } from '@wordpress/a11y';
import { _x } from '@wordpress/i18n';
import { ActionButton } from './action-button.tsx';

/** One line to run somewhere else. Where the browser gives no clipboard (plain http) it is selected instead. */
export function CopyLine( { label, line, rows = 4 }: { label: string; line: string; rows?: number } ) {
	const field = useRef< HTMLTextAreaElement >( null );
	const [ copied, setCopied ] = useState( false );
	const copy = async () => {
		field.current?.select();
		if ( ! navigator.clipboard ) {
			return;
		}
		await navigator.clipboard.writeText( line );
		setCopied( true );
		speak( _x( 'Copied.', 'line', 'email-gateway' ), 'polite' );
	};
	return (
		<div className="email-gateway-copy">
			<textarea ref={ field } readOnly rows={ rows } aria-label={ label } value={ line } spellCheck={ false } />
			<ActionButton evenAway onClick={ () => void copy() }>
				{ copied ? _x( 'Copied', 'line', 'email-gateway' ) : _x( 'Copy', 'button', 'email-gateway' ) }
			</ActionButton>
		</div>
	);
}
