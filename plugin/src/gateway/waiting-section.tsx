import { Notice } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { OlderMail, Verb } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useRequest } from '../api/use-request.ts';
import { JobPanel } from '../jobs/job-panel.tsx';
import { useJob } from '../jobs/use-job.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions, Section } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { deliveredSentences } from './outcome-words.ts';
import { isInstalled, type SectionProps } from './section.ts';

const verbs: readonly Verb[] = [ 'deliver_waiting_mail' ];

/** After the mend: one click delivers what waits. Asks about mail older than a day, by the number found on the server. */
export function WaitingSection( { view, onChange, connected }: SectionProps ) {
	const { serverId, gateway, connection } = view;
	const request = useRequest();
	const { job, start, hide } = useJob( { serverId, verbs, latest: view.job, onEnd: onChange } );
	const deliver = async ( older: OlderMail ) => {
		hide();
		const accepted = await request.send( () => call( 'deliverWaitingMail', { serverId, body: { older } } ) );
		if ( accepted ) {
			start( accepted.jobId, 'deliver_waiting_mail' );
		}
	};
	const waiting = connection?.lastLook?.mail?.waiting ?? 0;
	const ended = job?.watch.job?.result;
	const result = ended?.verb === 'deliver_waiting_mail' ? ended : null;
	if ( ! isInstalled( gateway ) || ( waiting === 0 && ! job?.active && ! ( job?.fresh && result ) ) ) {
		return null;
	}
	const asks = result?.choice === 'ask' && result.older > 0 && ! job?.active;
	const button = ( words: string, older: OlderMail ) => (
		<ActionButton
			busy={ request.busy }
			disabled={ job?.active === true || ! connected }
			onClick={ () => void deliver( older ) }
		>
			{ words }
		</ActionButton>
	);
	return (
		<Section title={ __( 'Email Gateway: Waiting Mail', 'email-gateway' ) }>
			{ asks ? (
				<>
					<p>
						{ sprintf(
							/* translators: %d: number of messages */
							_n(
								'%d message is older than a day, so nothing was tried yet: a link in it, for example to set a password, may no longer work.',
								'%d messages are older than a day, so nothing was tried yet: links in them, for example to set a password, may no longer work.',
								result.older,
								'email-gateway'
							),
							result.older
						) }
					</p>
					<Actions>
						{ button( __( 'Deliver All', 'email-gateway' ), 'deliver' ) }
						{ button( __( 'Deliver Newer Only', 'email-gateway' ), 'hold' ) }
					</Actions>
				</>
			) : (
				waiting > 0 && <Actions>{ button( __( 'Deliver Waiting Mail', 'email-gateway' ), 'ask' ) }</Actions>
			) }
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
			{ job && <JobPanel job={ job } /> }
			{ result && job?.fresh && ! asks && ! job.active && (
				<Notice status={ result.stillWaiting > 0 ? 'warning' : 'success' } isDismissible={ false }>
					{ deliveredSentences( result ).join( ' ' ) }
				</Notice>
			) }
		</Section>
	);
}
