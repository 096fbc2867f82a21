import { useEffect, useState } from '@wordpress/element';
import { CheckboxControl, Notice } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { Verb } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useRequest } from '../api/use-request.ts';
import { JobPanel } from '../jobs/job-panel.tsx';
import { useJob } from '../jobs/use-job.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions, Section } from '../ui/card.tsx';
import { Confirmation } from '../ui/confirmation.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { removedSentences } from './outcome-words.ts';
import { isInstalled, type SectionProps } from './section.ts';

const verbs: readonly Verb[] = [ 'remove_gateway' ];

/** Where links to a removal lead. */
const place = 'email-gateway-remove';

/** Gives back what was there before. Appears once installed; its result stays to be read afterwards. */
export function RemoveSection( { view, onChange, connected }: SectionProps ) {
	const { serverId, gateway } = view;
	const [ asking, setAsking ] = useState( false );
	const [ saveMail, setSaveMail ] = useState( false );
	const request = useRequest();
	const { job, start, hide } = useJob( { serverId, verbs, latest: view.job, onEnd: onChange } );
	const remove = async () => {
		setAsking( false );
		const body = { waitingMail: saveMail ? 'save' : 'refuse' } as const;
		hide();
		const accepted = await request.send( () => call( 'removeGateway', { serverId, body } ) );
		if ( accepted ) {
			start( accepted.jobId, 'remove_gateway' );
		}
	};
	useEffect( () => {
		// a link led here before there was anything to scroll to
		if ( window.location.hash === `#${ place }` ) {
			document.getElementById( place )?.scrollIntoView();
		}
	}, [] );
	const result = job?.fresh ? job.watch.job?.result : null;
	const removable = isInstalled( gateway ) || gateway.state === 'unfinished' || gateway.state === 'installed';
	if ( ! removable && ! job?.active && ! result ) {
		return null;
	}
	return (
		<Section id={ place } title={ __( 'Email Gateway: Remove', 'email-gateway' ) }>
			{ removable && (
				<>
					<p>
						{ __(
							'Gives back the mail setup from before, with its own password where it had one, and deletes the credentials of the gateway.',
							'email-gateway'
						) }
					</p>
					<Actions>
						<ActionButton
							destructive
							busy={ request.busy }
							disabled={ job?.active === true || asking || ! connected }
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
					confirm={ __( 'Remove', 'email-gateway' ) }
					destructive
					onConfirm={ () => void remove() }
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
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
			{ job && <JobPanel job={ job } /> }
			{ result?.verb === 'remove_gateway' && (
				<Notice status="success" isDismissible={ false }>
					{ removedSentences( result ).join( ' ' ) }
				</Notice>
			) }
		</Section>
	);
}
