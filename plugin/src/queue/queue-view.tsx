import { Notice, Spinner } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { SectionProps } from '../gateway/section.ts';
import { JobOutcome } from '../jobs/job-outcome.tsx';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { wholeNumber } from '../words/numbers.ts';
import { queueSentences } from '../words/queue.ts';
import { relativeTime } from '../words/time.ts';
import { QueueActions } from './queue-actions.tsx';
import { QueueFilters } from './queue-filters.tsx';
import { QueueTable } from './queue-table.tsx';
import { useQueue } from './use-queue.ts';

/** What waits and what is held, by site, sender’s domain, cause and age; and what a person does with it. */
export function QueueView( section: SectionProps ) {
	const queue = useQueue( section );
	const { page, request, job, filter, chosen } = queue;
	const idle = ! section.connected || job.active || job.busy || request.busy;
	return (
		<div className="email-gateway-form">
			{ ! page && request.busy && <Spinner /> }
			{ page?.readAt && (
				<p className="email-gateway-quiet">
					{ sprintf(
						/* translators: 1: e.g. “12 messages”, 2: e.g. “2 minutes ago” */
						__( '%1$s in the queue, read %2$s.', 'email-gateway' ),
						messages( page.total ),
						relativeTime( page.readAt )
					) }{ ' ' }
					{ page.listed < page.total &&
						sprintf(
							/* translators: %s: number of messages */
							__( 'The first %s are listed here.', 'email-gateway' ),
							wholeNumber( page.listed )
						) }
				</p>
			) }
			<Actions>
				<ActionButton busy={ job.busy } disabled={ idle } onClick={ queue.refresh }>
					{ __( 'Read Queue', 'email-gateway' ) }
				</ActionButton>
			</Actions>
			<JobOutcome of={ job }>
				{ ( result ) =>
					result.verb === 'change_queue' && (
						<Notice status={ result.changed > 0 ? 'success' : 'warning' } isDismissible={ false }>
							{ queueSentences( result ).join( ' ' ) }
						</Notice>
					)
				}
			</JobOutcome>
			{ request.problem && <ProblemNotice problem={ request.problem } onRetry={ () => queue.show( filter ) } /> }
			{ page && page.listed > 0 && (
				<>
					<QueueFilters page={ page } filter={ filter } onChange={ queue.show } />
					{ page.matching > 0 && (
						<QueueActions
							matching={ page.matching }
							chosen={ queue.isAll ? page.matching : chosen.size }
							isAll={ queue.isAll }
							onAll={ queue.chooseAll }
							disabled={ idle }
							onAction={ queue.change }
						/>
					) }
					{ page.matching === 0 && <p>{ __( 'No message was found.', 'email-gateway' ) }</p> }
					<QueueTable entries={ page.entries } chosen={ chosen } onChoose={ queue.choose } />
					{ page.next !== null && (
						<Actions>
							<ActionButton busy={ request.busy } onClick={ queue.more }>
								{ __( 'Show More', 'email-gateway' ) }
							</ActionButton>
							<span className="email-gateway-quiet">
								{ sprintf(
									/* translators: 1: number of messages, 2: number of messages */
									__( '%1$s of %2$s are shown.', 'email-gateway' ),
									wholeNumber( page.entries.length ),
									wholeNumber( page.matching )
								) }
							</span>
						</Actions>
					) }
				</>
			) }
		</div>
	);
}

const messages = ( count: number ) =>
	/* translators: %s: number of messages */
	sprintf( _n( '%s message', '%s messages', count, 'email-gateway' ), wholeNumber( count ) );
