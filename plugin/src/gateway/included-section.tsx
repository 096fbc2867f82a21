import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { IncludedGateway } from '@email-gateway/shared';
import { JobOutcome } from '../jobs/job-outcome.tsx';
import { useJobCall } from '../jobs/use-job-call.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { includedAdvice } from '../words/included.ts';
import { InstallOutcome } from './install-outcome.tsx';
import { ReinstallQuestion } from './reinstall-question.tsx';
import type { SectionProps } from './section.ts';

const calls = [ 'useIncludedGateway' ] as const;

const sentences: Record< Exclude< IncludedGateway, 'absent' >, () => string > = {
	offered: () =>
		__(
			'A gateway is included with this server: it sends mail through an account of this site. There is nothing to fill in.',
			'email-gateway'
		),
	in_use: () => __( 'This server sends mail through the included gateway.', 'email-gateway' ),
	withdrawn: () =>
		__(
			'This server sends mail through the included gateway, which is no longer offered for it. What is installed keeps working; ask the owner of this site before you remove it.',
			'email-gateway'
		),
};

/** For those who are not shown the account it uses: one choice, and no field. */
export function IncludedSection( { view, onChange, connected }: SectionProps ) {
	const { included } = view.gateway;
	const [ asking, setAsking ] = useState( false );
	const installation = useJobCall( calls, { view, onChange } );
	if ( included === 'absent' ) {
		return null;
	}
	const install = () => {
		setAsking( false );
		void installation.ask( 'useIncludedGateway' );
	};
	const idle = installation.active || ! connected || asking;
	const { busy, job } = installation;
	return (
		<>
			<p>{ sentences[ included ]() }</p>
			{ included === 'offered' && (
				<Actions>
					<ActionButton variant="primary" busy={ busy } disabled={ idle } onClick={ install }>
						{ __( 'Use the Included Gateway', 'email-gateway' ) }
					</ActionButton>
				</Actions>
			) }
			{ included === 'in_use' && (
				<Actions>
					<ActionButton busy={ busy } disabled={ idle } onClick={ () => setAsking( true ) }>
						{ __( 'Reinstall Email Gateway', 'email-gateway' ) }
					</ActionButton>
				</Actions>
			) }
			{ asking && (
				<ReinstallQuestion
					title={ __( 'Reinstall the included gateway?', 'email-gateway' ) }
					onConfirm={ install }
					onCancel={ () => setAsking( false ) }
				/>
			) }
			<JobOutcome of={ installation } advice={ includedAdvice( job?.watch.job?.error ?? null ) }>
				{ ( result ) => <InstallOutcome result={ result } /> }
			</JobOutcome>
		</>
	);
}
