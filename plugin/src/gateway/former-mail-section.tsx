import { Notice } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { Verb } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useRequest } from '../api/use-request.ts';
import { JobPanel } from '../jobs/job-panel.tsx';
import { useJob } from '../jobs/use-job.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions, Section } from '../ui/card.tsx';
import { Confirmation } from '../ui/confirmation.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { formerSentences } from './outcome-words.ts';
import { isInstalled, type SectionProps } from './section.ts';

const verbs: readonly Verb[] = [ 'deliver_former_mail' ];

/** What the mail system before the gateway has left in its queue: through the gateway by a click, or kept. */
export function FormerMailSection( { view, onChange, connected }: SectionProps ) {
	const { serverId, gateway, connection } = view;
	const [ asks, setAsks ] = useState( false );
	const request = useRequest();
	const { job, start, hide } = useJob( { serverId, verbs, latest: view.job, onEnd: onChange } );
	const kept = connection?.lastLook?.mail?.oldWaiting ?? 0;
	const ended = job?.watch.job?.result;
	const result = ended?.verb === 'deliver_former_mail' && job?.fresh && ! job.active ? ended : null;
	if ( ! isInstalled( view ) || ( kept === 0 && ! job?.active && ! result ) ) {
		return null;
	}
	const deliver = async () => {
		setAsks( false );
		hide();
		const accepted = await request.send( () => call( 'deliverFormerMail', { serverId } ) );
		if ( accepted ) {
			start( accepted.jobId, 'deliver_former_mail' );
		}
	};
	return (
		<Section title={ __( 'Email Gateway: Former Mail', 'email-gateway' ) }>
			{ asks && (
				<Confirmation
					title={ sprintf(
						/* translators: %d: number of messages */
						_n(
							'Deliver %d message of the former mail system?',
							'Deliver %d messages of the former mail system?',
							kept,
							'email-gateway'
						),
						kept
					) }
					confirm={ __( 'Deliver', 'email-gateway' ) }
					onConfirm={ () => void deliver() }
					onCancel={ () => setAsks( false ) }
				>
					<p>
						{ __(
							'They may be old: links in them, for example to set a password, may no longer work. What the gateway takes leaves that queue; the rest stays in it.',
							'email-gateway'
						) }
					</p>
				</Confirmation>
			) }
			{ ! asks && kept > 0 && (
				<Actions>
					<ActionButton
						busy={ request.busy }
						disabled={ job?.active === true || ! connected }
						onClick={ () => setAsks( true ) }
					>
						{ __( 'Deliver Former Mail', 'email-gateway' ) }
					</ActionButton>
				</Actions>
			) }
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
			{ job && <JobPanel job={ job } /> }
			{ result && (
				<Notice status={ result.left > 0 ? 'warning' : 'success' } isDismissible={ false }>
					{ formerSentences( result ).join( ' ' ) }
				</Notice>
			) }
		</Section>
	);
}
