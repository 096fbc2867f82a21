import { Notice } from '@wordpress/components';
import { __, _x } from '@wordpress/i18n';
import type { AlertsView } from '@email-gateway/shared';
import { Section } from '../ui/card.tsx';
import { AskedNotices } from './asked-notices.tsx';
import { callsOfSite } from './channel-calls.ts';
import { ChannelList } from './channel-list.tsx';
import { IncidentList } from './incident-list.tsx';
import { useAsking } from './use-asking.ts';
import { useOwnerNames } from './use-owner-names.ts';

export interface AlertsProps {
	view: AlertsView;
	onAnswer: ( view: AlertsView ) => void;
}

/** What is wrong now, and who is told. */
export function AlertsPanel( { view, onAnswer }: AlertsProps ) {
	const { asking, request, ...asked } = useAsking( view, onAnswer );
	const names = useOwnerNames( view.owners );
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
			<AskedNotices { ...asked } problem={ request.problem } />
			<Section title={ __( 'Open Alerts', 'email-gateway' ) }>
				<IncidentList incidents={ view.incidents } asking={ asking } />
			</Section>
			<Section title={ _x( 'Channels', 'heading', 'email-gateway' ) }>
				<p>
					{ __(
						'Owners of servers can have channels of their own, on the screen of a server. Email to them goes out by the account of the first email channel here.',
						'email-gateway'
					) }
				</p>
				<ChannelList { ...{ view, names, asking, request, onAnswer } } calls={ callsOfSite } />
			</Section>
		</>
	);
}
