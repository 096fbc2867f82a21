import { useCallback, useState } from '@wordpress/element';
import { Notice, Spinner } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { SendingUser } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useAnswer } from '../api/use-answer.ts';
import type { SectionProps } from '../gateway/section.ts';
import { JobOutcome } from '../jobs/job-outcome.tsx';
import { useJobCall } from '../jobs/use-job-call.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { pausedSentences, userName } from '../words/sites.ts';
import { PauseQuestion } from './pause-question.tsx';
import { SideDoors } from './side-doors.tsx';
import { SitesTable } from './sites-table.tsx';

const calls = [ 'pauseSite', 'resumeSite' ] as const;

/** Who sends on a server, and what a person does about it. */
export function SitesView( { view, onChange, connected }: SectionProps ) {
	const { serverId } = view;
	const [ asksFor, setAsksFor ] = useState< number | null >( null );
	const ask = useCallback( ( signal: AbortSignal ) => call( 'readSites', { serverId, signal } ), [ serverId ] );
	const { answer, problem, retry } = useAnswer( ask );
	const change = useJobCall( calls, { view, onChange, onEnd: retry } );
	if ( problem ) {
		return <ProblemNotice problem={ problem } onRetry={ retry } />;
	}
	if ( ! answer ) {
		return <Spinner />;
	}
	const button = ( user: SendingUser ) => (
		<ActionButton
			variant="link"
			disabled={ ! connected || change.active || change.busy }
			label={ sprintf(
				user.pause
					? /* translators: %s: a Unix user */
					  __( 'Resume Sending: %s', 'email-gateway' )
					: /* translators: %s: a Unix user */
					  __( 'Pause Sending: %s', 'email-gateway' ),
				userName( user )
			) }
			expanded={ asksFor === user.uid }
			onClick={ () => setAsksFor( user.uid ) }
		>
			{ user.pause ? __( 'Resume Sending', 'email-gateway' ) : __( 'Pause Sending', 'email-gateway' ) }
		</ActionButton>
	);
	const question = ( user: SendingUser ) =>
		asksFor === user.uid && (
			<PauseQuestion
				user={ user }
				onPause={ ( how ) => {
					setAsksFor( null );
					void change.ask( 'pauseSite', { uid: user.uid, how } );
				} }
				onResume={ ( held ) => {
					setAsksFor( null );
					void change.ask( 'resumeSite', { uid: user.uid, held } );
				} }
				onCancel={ () => setAsksFor( null ) }
			/>
		);
	return (
		<div className="email-gateway-form">
			<p className="email-gateway-quiet">
				{ __(
					'Name, domain, environment and sender domains are what a site says of itself. The Unix user is what the server says: a site cannot choose it.',
					'email-gateway'
				) }
			</p>
			<JobOutcome of={ change }>
				{ ( result ) =>
					( result.verb === 'pause_site' || result.verb === 'resume_site' ) && (
						<Notice status="success" isDismissible={ false }>
							{ pausedSentences( result ).join( ' ' ) }
						</Notice>
					)
				}
			</JobOutcome>
			{ answer.users.length === 0 ? (
				<p>
					{ __(
						'No WordPress site was found yet. Each look searches the usual folders, such as /var/www and /home.',
						'email-gateway'
					) }
				</p>
			) : (
				<SitesTable users={ answer.users } action={ button } below={ question } />
			) }
			<SideDoors doors={ answer.sideDoors ?? [] } />
			{ answer.leftOut && (
				<p>
					{ __(
						'There is more on this server than is listed here: at most 200 sites are.',
						'email-gateway'
					) }
				</p>
			) }
		</div>
	);
}
