import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { IncludedGateway, Verb } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useRequest } from '../api/use-request.ts';
import { JobPanel } from '../jobs/job-panel.tsx';
import { useJob } from '../jobs/use-job.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { includedAdvice } from '../words/included.ts';
import { InstallOutcome } from './install-outcome.tsx';
import { ReinstallQuestion } from './reinstall-question.tsx';
import type { SectionProps } from './section.ts';

const verbs: readonly Verb[] = [ 'install_gateway' ];

const sentences: Record< Exclude< IncludedGateway, 'absent' >, () => string > = {
	offered: () =>
		__(
			'A gateway is included with this server: it sends mail by an account of this site. There is nothing to fill in.',
			'email-gateway'
		),
	in_use: () => __( 'This server sends mail by the included gateway.', 'email-gateway' ),
	withdrawn: () =>
		__(
			'This server sends mail by the included gateway, which is not offered for it any more. What is installed goes on working; ask the owner of this site before you remove it.',
			'email-gateway'
		),
};

/** For those who are not shown the account it uses: one choice, and no field. */
export function IncludedSection( { view, onChange, connected }: SectionProps ) {
	const { serverId, gateway } = view;
	const { included } = gateway;
	const [ asking, setAsking ] = useState( false );
	const request = useRequest();
	const { job, start, hide } = useJob( { serverId, verbs, latest: view.job, onEnd: onChange } );
	if ( included === 'absent' ) {
		return null;
	}
	const install = async () => {
		setAsking( false );
		hide();
		const accepted = await request.send( () => call( 'useIncludedGateway', { serverId } ) );
		if ( accepted ) {
			start( accepted.jobId, 'install_gateway' );
			onChange();
		}
	};
	const idle = job?.active === true || ! connected || asking;
	const ended = job?.watch.job ?? null;
	return (
		<>
			<p>{ sentences[ included ]() }</p>
			{ included === 'offered' && (
				<Actions>
					<ActionButton
						variant="primary"
						busy={ request.busy }
						disabled={ idle }
						onClick={ () => void install() }
					>
						{ __( 'Use the Included Gateway', 'email-gateway' ) }
					</ActionButton>
				</Actions>
			) }
			{ included === 'in_use' && (
				<Actions>
					<ActionButton busy={ request.busy } disabled={ idle } onClick={ () => setAsking( true ) }>
						{ __( 'Reinstall Email Gateway', 'email-gateway' ) }
					</ActionButton>
				</Actions>
			) }
			{ asking && (
				<ReinstallQuestion
					title={ __( 'Reinstall the included gateway?', 'email-gateway' ) }
					onConfirm={ () => void install() }
					onCancel={ () => setAsking( false ) }
				/>
			) }
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
			{ job && <JobPanel job={ job } advice={ includedAdvice( ended?.error ?? null ) } /> }
			{ job?.fresh && ended?.result && <InstallOutcome result={ ended.result } /> }
		</>
	);
}
