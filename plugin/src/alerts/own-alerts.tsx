import { useMemo } from '@wordpress/element';
import { Spinner } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { OwnAlertsView } from '@email-gateway/shared';
import { useAnswer } from '../api/use-answer.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { savedWords } from '../words/alert-channels.ts';
import { AskedNotices } from './asked-notices.tsx';
import { callsOfOwner, type ChannelCalls } from './channel-calls.ts';
import { ChannelList } from './channel-list.tsx';
import { useAsking } from './use-asking.ts';

const nobody: ReadonlyMap< number, string > = new Map();

/** Where the owner of this server is told when something is wrong with their servers. */
export function OwnAlerts( { serverId }: { serverId: number } ) {
	const calls = useMemo( () => callsOfOwner( serverId ), [ serverId ] );
	const { answer, problem, set, retry } = useAnswer( calls.read );
	if ( problem ) {
		return <ProblemNotice problem={ problem } onRetry={ retry } />;
	}
	return answer ? <Panel view={ answer } calls={ calls } onAnswer={ set } /> : <Spinner />;
}

interface PanelProps {
	view: OwnAlertsView;
	calls: ChannelCalls< OwnAlertsView >;
	onAnswer: ( view: OwnAlertsView ) => void;
}

function Panel( { view, calls, onAnswer }: PanelProps ) {
	const { asking, request, ...asked } = useAsking( view, onAnswer );
	const { mail, channels } = view;
	const isTold = channels.some( ( { kind, shown } ) => kind === 'email' && shown === mail );
	const emailMe = () => calls.save( { id: null, name: '', weekly: false, target: { kind: 'email' } as never } );
	return (
		<div className="email-gateway-form">
			<p>
				{ __(
					'When something is wrong with the mail of one of your servers, the channels below get an alert, and another one when it is over. They are the same on the screens of all your servers here.',
					'email-gateway'
				) }
			</p>
			<AskedNotices { ...asked } problem={ request.problem } />
			{ mail !== null && ! isTold && (
				<Actions>
					<ActionButton
						variant="primary"
						busy={ asking.busy }
						onClick={ () => void asking.ask( emailMe, savedWords( 'email' ) ) }
					>
						{
							/* translators: %s: a mail address */
							sprintf( __( 'Email Me at %s', 'email-gateway' ), mail )
						}
					</ActionButton>
				</Actions>
			) }
			<ChannelList { ...{ view, calls, asking, request, onAnswer } } names={ nobody } />
		</div>
	);
}
