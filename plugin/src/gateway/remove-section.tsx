import { useEffect, useState } from '@wordpress/element';
import { CheckboxControl, Notice } from '@wordpress/components';
import { __, _x } from '@wordpress/i18n';
import { JobOutcome } from '../jobs/job-outcome.tsx';
import { useJobCall } from '../jobs/use-job-call.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions, Section } from '../ui/card.tsx';
import { Confirmation } from '../ui/confirmation.tsx';
import { removedSentences } from './outcome-words.ts';
import { isInstalled, type SectionProps } from './section.ts';

const calls = [ 'removeGateway' ] as const;

/** Where links to a removal lead. */
const place = 'email-gateway-remove';

/** Gives back what was there before. Appears once installed; its result stays to be read afterwards. */
export function RemoveSection( { view, onChange, connected }: SectionProps ) {
	const { gateway } = view;
	const [ asking, setAsking ] = useState( false );
	const [ saveMail, setSaveMail ] = useState( false );
	const removal = useJobCall( calls, { view, onChange } );
	const remove = () => {
		setAsking( false );
		void removal.ask( 'removeGateway', { waitingMail: saveMail ? 'save' : 'refuse' } );
	};
	useEffect( () => {
		// a link led here before there was anything to scroll to
		if ( window.location.hash === `#${ place }` ) {
			document.getElementById( place )?.scrollIntoView();
		}
	}, [] );
	const removable = isInstalled( view ) || gateway.state === 'unfinished' || gateway.state === 'installed';
	if ( ! removable && ! removal.active && ! removal.result ) {
		return null;
	}
	return (
		<Section id={ place } title={ __( 'Email Gateway: Remove', 'email-gateway' ) }>
			{ removable && (
				<>
					<p>
						{ __(
							'Restores the previous mail setup, with its own password where it had one, and deletes the gateway’s credentials from the server.',
							'email-gateway'
						) }
					</p>
					<Actions>
						<ActionButton
							destructive
							busy={ removal.busy }
							disabled={ removal.active || asking || ! connected }
							onClick={ () => setAsking( true ) }
						>
							{ __( 'Remove Email Gateway', 'email-gateway' ) }
						</ActionButton>
					</Actions>
				</>
			) }
			{ asking && (
				<Confirmation
					title={ __( 'Remove the gateway from this server?', 'email-gateway' ) }
					confirm={ _x( 'Remove', 'button', 'email-gateway' ) }
					destructive
					onConfirm={ remove }
					onCancel={ () => setAsking( false ) }
				>
					<p>
						{ __(
							'The sites on it send mail as they did before the gateway: on many clouds, that means not at all.',
							'email-gateway'
						) }
					</p>
					<CheckboxControl
						__nextHasNoMarginBottom
						label={ __(
							'If mail is waiting, save it on the server and remove the gateway',
							'email-gateway'
						) }
						checked={ saveMail }
						onChange={ setSaveMail }
					/>
				</Confirmation>
			) }
			<JobOutcome of={ removal }>
				{ ( result ) =>
					result.verb === 'remove_gateway' && (
						<Notice status="success" isDismissible={ false }>
							{ removedSentences( result ).join( ' ' ) }
						</Notice>
					)
				}
			</JobOutcome>
		</Section>
	);
}
