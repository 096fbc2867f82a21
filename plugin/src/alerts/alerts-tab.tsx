import { useState } from '@wordpress/element';
import { Notice, Spinner } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { AlertsView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { fieldSentencesOf } from '../api/field-problems.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useRequest } from '../api/use-request.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { CopyLine } from '../ui/copy-line.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { TextField } from '../ui/fields.tsx';
import { FormArea } from '../ui/form-area.tsx';
import { LastAlert } from './last-alert.tsx';

const readAlerts = ( signal: AbortSignal ) => call( 'readAlerts', { signal } );

/** Who is told when a gateway stops working. */
export function AlertsTab() {
	const { answer, problem, set, retry } = useAnswer( readAlerts );
	if ( problem ) {
		return <ProblemNotice problem={ problem } onRetry={ retry } />;
	}
	return answer ? <AlertsForm view={ answer } onAnswer={ set } /> : <Spinner />;
}

function AlertsForm( { view, onAnswer }: { view: AlertsView; onAnswer: ( view: AlertsView ) => void } ) {
	const { webhook, signingSecret } = view;
	const [ url, setUrl ] = useState( '' );
	const [ done, setDone ] = useState< string | null >( null );
	const request = useRequest();
	const problems = fieldSentencesOf( request.problem, '' );
	const send = async ( ask: () => Promise< AlertsView >, said: string ) => {
		setDone( null );
		const next = await request.send( ask );
		if ( next ) {
			setUrl( '' );
			setDone( said );
			onAnswer( next );
		}
	};
	const save = ( next: string | null, said: string ) =>
		send( () => call( 'saveAlerts', { body: { webhook: next } } ), said );
	return (
		<>
			<p>
				{ __(
					'Each server with a gateway is checked every five minutes, and every minute while something is wrong. When a gateway stops working, an alert is sent to this address, and another one when it works again.',
					'email-gateway'
				) }
			</p>
			<FormArea problem={ request.problem }>
				<TextField
					label={ __( 'Webhook URL', 'email-gateway' ) }
					value={ url }
					onChange={ ( next ) => {
						setUrl( next );
						setDone( null );
					} }
					problem={ problems.webhook }
					placeholder={ webhook ? '' : 'https://' }
					help={
						webhook
							? sprintf(
									/* translators: %s: host name */
									__( 'Saved: an address at %s. Leave blank to keep it.', 'email-gateway' ),
									webhook.host
							  )
							: __(
									'Starts with https://. Each alert is sent there as JSON, with a signature.',
									'email-gateway'
							  )
					}
				/>
			</FormArea>
			<Actions>
				<ActionButton
					variant="primary"
					busy={ request.busy }
					disabled={ url.trim() === '' }
					onClick={ () => void save( url, __( 'Saved.', 'email-gateway' ) ) }
				>
					{ __( 'Save Changes', 'email-gateway' ) }
				</ActionButton>
				{ webhook && (
					<>
						<ActionButton
							busy={ request.busy }
							onClick={ () =>
								void send(
									() => call( 'sendTestAlert', {} ),
									__( 'The test alert is on its way.', 'email-gateway' )
								)
							}
						>
							{ __( 'Send a Test Alert', 'email-gateway' ) }
						</ActionButton>
						<ActionButton
							variant="tertiary"
							busy={ request.busy }
							onClick={ () => void save( null, __( 'The webhook is deleted.', 'email-gateway' ) ) }
						>
							{ __( 'Delete Webhook', 'email-gateway' ) }
						</ActionButton>
					</>
				) }
			</Actions>
			{ done && (
				<Notice status="success" isDismissible={ false }>
					{ done }
				</Notice>
			) }
			{ signingSecret && (
				<Notice status="info" isDismissible={ false }>
					<p>
						{ __(
							'Copy this signing secret now; it is not shown again. With it, your receiver can check that an alert comes from here.',
							'email-gateway'
						) }
					</p>
					<CopyLine label={ __( 'Signing secret', 'email-gateway' ) } line={ signingSecret } rows={ 1 } />
				</Notice>
			) }
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
			{ webhook && <LastAlert last={ webhook.lastDelivery } onAnswer={ onAnswer } /> }
		</>
	);
}
