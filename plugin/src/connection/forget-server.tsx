import { useState } from '@wordpress/element';
import { Notice } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { ServerView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useRequest } from '../api/use-request.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Confirmation } from '../ui/confirmation.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';

/** For a server that is gone: our records and secrets of it are deleted without contact. */
export function ForgetServer( {
	view,
	disabled,
	onForgotten,
}: {
	view: ServerView;
	disabled: boolean;
	onForgotten: () => void;
} ) {
	const [ asking, setAsking ] = useState( false );
	const [ leftBehind, setLeftBehind ] = useState< boolean | null >( null );
	const request = useRequest();
	const forget = async () => {
		setAsking( false );
		const answer = await request.send( () => call( 'forgetServer', { serverId: view.serverId } ) );
		if ( answer ) {
			setLeftBehind( answer.leftBehind );
			onForgotten();
		}
	};
	return (
		<div className="email-gateway-aside">
			{ view.connection && (
				<ActionButton
					variant="link"
					destructive
					busy={ request.busy }
					disabled={ disabled || asking }
					onClick={ () => setAsking( true ) }
				>
					{ __( 'Forget This Server', 'email-gateway' ) }
				</ActionButton>
			) }
			{ asking && (
				<Confirmation
					title={ __( 'Forget this server without contacting it?', 'email-gateway' ) }
					confirm={ __( 'Forget', 'email-gateway' ) }
					destructive
					onConfirm={ () => void forget() }
					onCancel={ () => setAsking( false ) }
				>
					<p>
						{ view.gateway.installed || view.gateway.state !== 'not_installed'
							? __(
									'Its connection, settings and saved passwords are deleted here. The gateway and its credentials stay on the server: to delete them too, remove the gateway first.',
									'email-gateway'
							  )
							: __( 'Its connection, settings and saved passwords are deleted here.', 'email-gateway' ) }
					</p>
				</Confirmation>
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
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
		</div>
	);
}
