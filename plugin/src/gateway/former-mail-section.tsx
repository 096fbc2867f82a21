import { Notice } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, _x, sprintf } from '@wordpress/i18n';
import { JobOutcome } from '../jobs/job-outcome.tsx';
import { useJobCall } from '../jobs/use-job-call.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions, Section } from '../ui/card.tsx';
import { Confirmation } from '../ui/confirmation.tsx';
import { formerSentences } from './outcome-words.ts';
import { isInstalled, type SectionProps } from './section.ts';

const calls = [ 'deliverFormerMail' ] as const;

/** What the mail system before the gateway has left in its queue: through the gateway by a click, or kept. */
export function FormerMailSection( { view, onChange, connected }: SectionProps ) {
	const [ asks, setAsks ] = useState( false );
	const delivery = useJobCall( calls, { view, onChange } );
	const kept = view.connection?.lastLook?.mail?.oldWaiting ?? 0;
	if ( ! isInstalled( view ) || ( kept === 0 && ! delivery.active && ! delivery.result ) ) {
		return null;
	}
	const deliver = () => {
		setAsks( false );
		void delivery.ask( 'deliverFormerMail' );
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
					confirm={ _x( 'Deliver', 'button', 'email-gateway' ) }
					onConfirm={ deliver }
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
						busy={ delivery.busy }
						disabled={ delivery.active || ! connected }
						onClick={ () => setAsks( true ) }
					>
						{ __( 'Deliver Former Mail', 'email-gateway' ) }
					</ActionButton>
				</Actions>
			) }
			<JobOutcome of={ delivery }>
				{ ( result ) =>
					result.verb === 'deliver_former_mail' && (
						<Notice status={ result.left > 0 ? 'warning' : 'success' } isDismissible={ false }>
							{ formerSentences( result ).join( ' ' ) }
						</Notice>
					)
				}
			</JobOutcome>
		</Section>
	);
}
