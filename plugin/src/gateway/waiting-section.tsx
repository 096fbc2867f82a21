import { Notice } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { OlderMail } from '@email-gateway/shared';
import { JobOutcome } from '../jobs/job-outcome.tsx';
import { useJobCall } from '../jobs/use-job-call.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions, Section } from '../ui/card.tsx';
import { deliveredSentences } from './outcome-words.ts';
import { isInstalled, type SectionProps } from './section.ts';

const calls = [ 'deliverWaitingMail' ] as const;

/** After the mend: one click delivers what waits. Asks about mail older than a day, by the number found on the server. */
export function WaitingSection( { view, onChange, connected }: SectionProps ) {
	const { connection } = view;
	const delivery = useJobCall( calls, { view, onChange } );
	const { job, active } = delivery;
	const waiting = connection?.lastLook?.mail?.waiting ?? 0;
	const ended = job?.watch.job?.result;
	const result = ended?.verb === 'deliver_waiting_mail' ? ended : null;
	if ( ! isInstalled( view ) || ( waiting === 0 && ! active && ! ( job?.fresh && result ) ) ) {
		return null;
	}
	const asks = result?.choice === 'ask' && result.older > 0 && ! active;
	const button = ( words: string, older: OlderMail ) => (
		<ActionButton
			busy={ delivery.busy }
			disabled={ active || ! connected }
			onClick={ () => void delivery.ask( 'deliverWaitingMail', { older } ) }
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
			<JobOutcome of={ delivery }>
				{ ( told ) =>
					told.verb === 'deliver_waiting_mail' &&
					! asks && (
						<Notice status={ told.stillWaiting > 0 ? 'warning' : 'success' } isDismissible={ false }>
							{ deliveredSentences( told ).join( ' ' ) }
						</Notice>
					)
				}
			</JobOutcome>
		</Section>
	);
}
