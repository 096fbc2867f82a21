import { useState } from '@wordpress/element';
import { __, _x } from '@wordpress/i18n';
import { ActionButton } from '../ui/action-button.tsx';
import { Confirmation } from '../ui/confirmation.tsx';

interface Props {
	/** Whose account is switched. */
	of: 'server' | 'route';
	to: 'backup' | 'first';
	disabled: boolean;
	onSwitch: () => void;
}

/** Switches by hand, after a question. */
export function SwitchButton( { of, to, disabled, onSwitch }: Props ) {
	const [ asking, setAsking ] = useState( false );
	const { button, title, follows } = words[ to ];
	return (
		<>
			<ActionButton disabled={ disabled || asking } expanded={ asking } onClick={ () => setAsking( true ) }>
				{ button() }
			</ActionButton>
			{ asking && (
				<Confirmation
					title={ title() }
					confirm={ button() }
					onConfirm={ () => {
						setAsking( false );
						onSwitch();
					} }
					onCancel={ () => setAsking( false ) }
				>
					<p>{ follows[ of ]() }</p>
				</Confirmation>
			) }
		</>
	);
}

const words = {
	backup: {
		button: () => _x( 'Switch Now', 'button', 'email-gateway' ),
		title: () => __( 'Switch to the backup account?', 'email-gateway' ),
		follows: {
			server: () =>
				__(
					'The server signs in with the backup account, is reinstalled with it, and sends what waits by it. It stays so until someone presses Switch Back.',
					'email-gateway'
				),
			route: () =>
				__(
					'The server signs in with the backup account. If that is accepted, mail of this Unix user leaves by it, also what waits. It stays so until someone presses Switch Back.',
					'email-gateway'
				),
		},
	},
	first: {
		button: () => _x( 'Switch Back', 'button', 'email-gateway' ),
		title: () => __( 'Switch back to the first account?', 'email-gateway' ),
		follows: {
			server: () =>
				__(
					'The server signs in with the first account. If that is accepted, it is reinstalled with it; if not, nothing changes.',
					'email-gateway'
				),
			route: () =>
				__(
					'The server signs in with the first account. If that is accepted, mail of this Unix user leaves by it again; if not, nothing changes.',
					'email-gateway'
				),
		},
	},
} as const;
