import { useState } from '@wordpress/element';
import { Notice } from '@wordpress/components';
import { __, _x, sprintf } from '@wordpress/i18n';
import type { AlertsView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { fieldSentencesOf } from '../api/field-problems.ts';
import { useRequest } from '../api/use-request.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { CopyLine } from '../ui/copy-line.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { TextField } from '../ui/fields.tsx';
import { FormArea, useForm } from '../ui/form-area.tsx';
import { useUnsaved } from '../unsaved/use-unsaved.ts';
import { DeleteWebhook } from './delete-webhook.tsx';
import { LastAlert } from './last-alert.tsx';

export interface AlertsProps {
	view: AlertsView;
	onAnswer: ( view: AlertsView ) => void;
}

export function AlertsForm( { view, onAnswer }: AlertsProps ) {
	const { webhook } = view;
	const [ url, setUrl ] = useState( '' );
	const [ done, setDone ] = useState< string | null >( null );
	// Kept here: the answers that follow an alert on its way no longer hold it.
	const [ secret, setSecret ] = useState( view.signingSecret );
	const request = useRequest();
	const form = useForm();
	useUnsaved( _x( 'Alerts', 'heading', 'email-gateway' ), url.trim() !== '', form );
	const send = async ( ask: () => Promise< AlertsView > ) => {
		setDone( null );
		const next = await request.send( ask );
		if ( next ) {
			onAnswer( next );
		}
		return next;
	};
	const save = async ( next: string | null, said: string ) => {
		const answer = await send( () => call( 'saveAlerts', { body: { webhook: next } } ) );
		if ( answer ) {
			setUrl( '' );
			setDone( said );
			setSecret( answer.signingSecret );
		}
	};
	const change = ( next: string ) => {
		request.changed( [ 'webhook' ] );
		setUrl( next );
		setDone( null );
	};
	return (
		<>
			<p>
				{ __(
					'Each server with a gateway is checked every five minutes, and every minute while something is wrong. When a gateway stops working, an alert is sent to this address, and another one when it works again.',
					'email-gateway'
				) }
			</p>
			<FormArea problem={ request.problem } form={ form }>
				<div className="email-gateway-row">
					<TextField
						name="webhook"
						label={ __( 'Webhook URL', 'email-gateway' ) }
						value={ url }
						onChange={ change }
						problem={ fieldSentencesOf( request.problem, '' ).webhook }
						placeholder="https://"
						required={ ! webhook }
						help={ help( webhook ) }
					/>
				</div>
			</FormArea>
			<Actions>
				<ActionButton
					variant="primary"
					busy={ request.busy }
					disabled={ url.trim() === '' }
					onClick={ () => void save( url, _x( 'Saved.', 'form', 'email-gateway' ) ) }
				>
					{ __( 'Save Changes', 'email-gateway' ) }
				</ActionButton>
				{ webhook && (
					<ActionButton
						busy={ request.busy }
						onClick={ () => void send( () => call( 'sendTestAlert', {} ) ) }
					>
						{ __( 'Send a Test Alert', 'email-gateway' ) }
					</ActionButton>
				) }
			</Actions>
			{ done && (
				<Notice status="success" isDismissible={ false }>
					{ done }
				</Notice>
			) }
			{ secret && <SigningSecret secret={ secret } /> }
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
			{ webhook && <LastAlert last={ webhook.lastDelivery } onAnswer={ onAnswer } /> }
			{ webhook && (
				<DeleteWebhook
					host={ webhook.host }
					busy={ request.busy }
					onDelete={ () => void save( null, __( 'Webhook deleted. No alerts are sent.', 'email-gateway' ) ) }
				/>
			) }
		</>
	);
}

function help( webhook: AlertsView[ 'webhook' ] ): string {
	return webhook
		? sprintf(
				/* translators: %s: host name */
				__(
					'Saved: an address at %s. It is not shown again. Enter another one to replace it; that gets a new signing secret.',
					'email-gateway'
				),
				webhook.host
		  )
		: __( 'Starts with https://. Each alert is sent there as JSON, with a signature.', 'email-gateway' );
}

function SigningSecret( { secret }: { secret: string } ) {
	const words = __(
		'Copy this signing secret now; it is not shown again. With it, your receiver can check that an alert comes from here.',
		'email-gateway'
	);
	return (
		// A screen reader says the words. Without them given, it would read out the secret, too.
		<Notice status="info" isDismissible={ false } spokenMessage={ words }>
			<p>{ words }</p>
			<CopyLine label={ __( 'Signing secret', 'email-gateway' ) } line={ secret } rows={ 1 } />
		</Notice>
	);
}
