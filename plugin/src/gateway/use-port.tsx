import { __, sprintf } from '@wordpress/i18n';
import { ActionButton } from '../ui/action-button.tsx';

/** One click takes a port that is open instead of the one that is not. */
export function UsePort( { port, onClick }: { port: number; onClick: ( port: number ) => void } ) {
	return (
		<ActionButton evenAway onClick={ () => onClick( port ) }>
			{
				/* translators: %d: number of a port */
				sprintf( __( 'Use Port %d', 'email-gateway' ), port )
			}
		</ActionButton>
	);
}
