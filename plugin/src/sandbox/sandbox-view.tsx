import { useState } from '@wordpress/element';
import { Notice } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { JobResult } from '@email-gateway/shared';
import type { SectionProps } from '../gateway/section.ts';
import { PlannedChanges } from '../gateway/planned-changes.tsx';
import { JobOutcome } from '../jobs/job-outcome.tsx';
import type { JobCall } from '../jobs/use-job-call.ts';
import { thisPage } from '../page.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { sandboxLimit, sandboxSentences } from '../words/sandbox.ts';
import { SandboxForm } from './sandbox-form.tsx';
import { TurnOffQuestion } from './turn-off-question.tsx';

export type SandboxCall = JobCall< 'previewSandbox' | 'turnOnSandbox' | 'turnOffSandbox' >;

/** What becomes of the mail of a server that is no production, and what a person does about it. */
export function SandboxView( { view, connected, change }: SectionProps & { change: SandboxCall } ) {
	const { sandbox = null } = view.gateway;
	const [ asking, setAsking ] = useState( false );
	const idle = ! connected || change.active || change.busy;
	return (
		<div className="email-gateway-form">
			<p>
				{ __(
					'For a staging server or a copy of a site: while the sandbox is on, no mail of this server reaches its recipients. What waits in the queue when it is turned on is held.',
					'email-gateway'
				) }
			</p>
			<p className="email-gateway-quiet">{ sandboxLimit() }</p>
			<SandboxForm
				key={ sandbox?.at }
				sandbox={ sandbox }
				firstMailbox={ thisPage().currentUserMail }
				problem={ change.problem }
				busy={ change.busy }
				disabled={ idle || asking }
				onChange={ change.changed }
				onTurnOn={ ( rules ) => void change.ask( 'turnOnSandbox', { rules } ) }
				onPreview={ ( rules ) => void change.ask( 'previewSandbox', { rules } ) }
			>
				{ sandbox && (
					<ActionButton disabled={ idle } expanded={ asking } onClick={ () => setAsking( true ) }>
						{ __( 'Turn Off Sandbox', 'email-gateway' ) }
					</ActionButton>
				) }
			</SandboxForm>
			{ asking && (
				<TurnOffQuestion
					onTurnOff={ ( held ) => {
						setAsking( false );
						void change.ask( 'turnOffSandbox', { held } );
					} }
					onCancel={ () => setAsking( false ) }
				/>
			) }
			<JobOutcome of={ change }>{ outcomeOf }</JobOutcome>
		</div>
	);
}

function outcomeOf( result: JobResult ) {
	switch ( result.verb ) {
		case 'preview_changes':
			return (
				<PlannedChanges
					plan={ result.plan }
					title={ __( 'The sandbox would change this. Nothing was changed yet.', 'email-gateway' ) }
				/>
			);
		case 'turn_on_sandbox':
		case 'turn_off_sandbox':
			return (
				<Notice status="success" isDismissible={ false }>
					{ sandboxSentences( result ).join( ' ' ) }
				</Notice>
			);
	}
	return null;
}
