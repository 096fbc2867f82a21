import { useState } from '@wordpress/element';
import { Notice } from '@wordpress/components';
import { __, _x } from '@wordpress/i18n';
import type { ServerView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { DeleteButton } from '../ui/delete-button.tsx';

interface ForgetServerProps {
	view: ServerView;
	disabled: boolean;
	onForgotten: () => void;
}

/** For a server that is gone: our records and secrets of it are deleted without contact. */
export function ForgetServer( { view, disabled, onForgotten }: ForgetServerProps ) {
	const [ leftBehind, setLeftBehind ] = useState< boolean | null >( null );
	return (
		<div className="email-gateway-aside">
			{ view.connection && (
				<DeleteButton
					label={ __( 'Forget This Server', 'email-gateway' ) }
					title={ __( 'Forget this server without contacting it?', 'email-gateway' ) }
					confirm={ _x( 'Forget', 'button', 'email-gateway' ) }
					disabled={ disabled }
					send={ () => call( 'forgetServer', { serverId: view.serverId } ) }
					onDone={ ( answer ) => {
						setLeftBehind( answer.leftBehind );
						onForgotten();
					} }
				>
					<p>
						{ view.gateway.installed || view.gateway.state !== 'not_installed'
							? __(
									'Its connection, settings and saved passwords are deleted here. The gateway and its credentials stay on the server: to delete them too, remove the gateway first.',
									'email-gateway'
							  )
							: __( 'Its connection, settings and saved passwords are deleted here.', 'email-gateway' ) }
					</p>
				</DeleteButton>
			) }
			{ leftBehind !== null && ! view.connection && (
				<Notice status={ leftBehind ? 'warning' : 'success' } isDismissible={ false }>
					{ leftBehind
						? __( 'Forgotten. The gateway and its credentials are still on the server.', 'email-gateway' )
						: __(
								'Forgotten. Its connection, settings and saved passwords are deleted here.',
								'email-gateway'
						  ) }
				</Notice>
			) }
		</div>
	);
}
