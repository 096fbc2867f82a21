import type { ReactNode } from 'react';
import { Spinner } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { ServerView } from '@email-gateway/shared';
import { ConnectionLine } from '../connection/connection-line.tsx';
import type { ConnectionValues } from '../connection/form.ts';
import { useServer } from '../server/use-server.ts';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { isHost } from './new-server.tsx';
import { ConnectStep } from './connect-step.tsx';
import { ProveStep } from './prove-step.tsx';
import { screenOf } from './screen-of.ts';
import { Step, Steps } from './steps.tsx';
import { titles } from './titles.ts';

interface ServerStepsProps {
	serverId: number;
	name: string;
	typed?: ConnectionValues | undefined;
	/** The step before. */
	before: ReactNode;
	/** Where there are several: which of them it is. */
	choice?: ReactNode;
}

/** The second and third step, of one server. */
export function ServerSteps( { serverId, name, typed, before, choice }: ServerStepsProps ) {
	const { known, problem, away, reload } = useServer( serverId );
	if ( ! known ) {
		return (
			<Steps>
				{ before }
				<Step state="now" title={ titles.connect() }>
					{ choice }
					{ problem ? <ProblemNotice problem={ problem } onRetry={ reload } /> : <Spinner /> }
				</Step>
				<Step state="later" title={ titles.prove() } />
			</Steps>
		);
	}
	const { view } = known;
	const isConnected = view.connection?.hostKey?.state === 'trusted' && view.connection.lastLook !== null;
	const isProved = isConnected && view.gateway.installed !== null && view.gateway.lastTest?.outcome === 'accepted';
	const section = { view, away, onChange: reload };
	return (
		<>
			{ problem && <ProblemNotice problem={ problem } onRetry={ reload } /> }
			<Steps>
				{ before }
				<Step
					state={ isConnected ? 'done' : 'now' }
					title={ titles.connect() }
					summary={ <ConnectionLine connection={ view.connection } /> }
				>
					{ choice }
					<ConnectStep { ...section } typed={ typed } host={ isHost( name ) ? name : '' } />
				</Step>
				<Step
					state={ isProved ? 'done' : isConnected ? 'now' : 'later' }
					title={ titles.prove() }
					summary={ provedWords( view, name ) }
					staysOpen
				>
					<ProveStep { ...section } />
					<p>
						<a href={ screenOf( serverId ) }>
							{
								/* translators: %s: name of a server */
								sprintf( __( 'Open the screen of %s', 'email-gateway' ), name )
							}
						</a>
					</p>
				</Step>
			</Steps>
		</>
	);
}

const provedWords = ( { gateway }: ServerView, name: string ) =>
	gateway.installed &&
	sprintf(
		/* translators: 1: name of a server, 2: SMTP server of the provider */
		__( 'Mail of every site on %1$s now goes through %2$s.', 'email-gateway' ),
		name,
		gateway.installed.settings.smtpServer
	);
