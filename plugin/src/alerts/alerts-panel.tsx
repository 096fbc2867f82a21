import { useState } from '@wordpress/element';
import { Notice } from '@wordpress/components';
import { __, _x } from '@wordpress/i18n';
import type { AlertsView } from '@email-gateway/shared';
import { useRequest, type Sending } from '../api/use-request.ts';
import { Section } from '../ui/card.tsx';
import { CopyLine } from '../ui/copy-line.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { ChannelList } from './channel-list.tsx';
import { IncidentList } from './incident-list.tsx';

export interface AlertsProps {
	view: AlertsView;
	onAnswer: ( view: AlertsView ) => void;
}

/** One request at a time for the whole tab. */
export interface Asking {
	busy: Sending[ 'busy' ];
	/** Sends; says `done` where it succeeded. */
	ask: ( send: () => Promise< AlertsView >, done?: string ) => Promise< AlertsView | null >;
}

/** What is wrong now, and who is told. */
export function AlertsPanel( { view, onAnswer }: AlertsProps ) {
	const [ done, setDone ] = useState< string | null >( null );
	// Kept here: the answers that follow an alert on its way no longer hold it.
	const [ secret, setSecret ] = useState( view.signingSecret );
	const request = useRequest();
	const ask: Asking[ 'ask' ] = async ( send, said ) => {
		setDone( null );
		const answer = await request.send( send );
		if ( answer ) {
			onAnswer( answer );
			setDone( said ?? null );
			setSecret( ( before ) => answer.signingSecret ?? before );
		}
		return answer;
	};
	const asking = { busy: request.busy, ask };
	return (
		<>
			<p>
				{ __(
					'Each server with a gateway is checked every five minutes, and every minute while something is wrong. When something goes wrong, the channels below get an alert, and another one when it is over. While it lasts, it is repeated after four hours and then daily.',
					'email-gateway'
				) }
			</p>
			{ view.channels.length === 0 && (
				<Notice status="warning" isDismissible={ false }>
					{ __( 'Nobody is told when a gateway stops working. Add a channel.', 'email-gateway' ) }
				</Notice>
			) }
			{ done && (
				<Notice status="success" isDismissible={ false }>
					{ done }
				</Notice>
			) }
			{ secret && <SigningSecret secret={ secret } /> }
			{ request.problem && request.problem.fields.length === 0 && <ProblemNotice problem={ request.problem } /> }
			<Section title={ __( 'Open Alerts', 'email-gateway' ) }>
				<IncidentList incidents={ view.incidents } asking={ asking } />
			</Section>
			<Section title={ _x( 'Channels', 'heading', 'email-gateway' ) }>
				<ChannelList view={ view } asking={ asking } request={ request } onAnswer={ onAnswer } />
			</Section>
		</>
	);
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
