import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { Verb } from '@email-gateway/shared';
import { presetOfAccount } from '@email-gateway/shared/presets';
import { call } from '../api/call.ts';
import { fieldSentencesOf } from '../api/field-problems.ts';
import { useRequest } from '../api/use-request.ts';
import { JobPanel } from '../jobs/job-panel.tsx';
import { useJob } from '../jobs/use-job.ts';
import { thisPage } from '../page.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions, Row, Section } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { TextField } from '../ui/fields.tsx';
import { FormArea } from '../ui/form-area.tsx';
import { includedTestAdvice } from '../words/included.ts';
import { presetWords } from '../words/presets.ts';
import type { SectionProps } from './section.ts';
import { TestVerdict, type RemedyProps } from './test-verdict.tsx';

const verbs: readonly Verb[] = [ 'send_test_email' ];

/** The proof: one message, followed to the provider's own reply. */
export function TestSection( { view, onChange, connected, onRemedy }: SectionProps & RemedyProps ) {
	const { serverId, gateway } = view;
	// of the included gateway the sending domain is not shown: the backend knows an address of it
	const isIncluded = gateway.installed === null;
	const [ from, setFrom ] = useState( `wordpress@${ gateway.installed?.settings.sendingDomain }` );
	const [ to, setTo ] = useState( thisPage().currentUserMail );
	const request = useRequest();
	const { job, start, hide } = useJob( { serverId, verbs, latest: view.job, onEnd: onChange } );
	const send = async () => {
		hide();
		const accepted = await request.send( () =>
			call( 'sendTestEmail', { serverId, body: isIncluded ? { to } : { from, to } } )
		);
		if ( accepted ) {
			start( accepted.jobId, 'send_test_email' );
		}
	};
	const problems = fieldSentencesOf( request.problem, '' );
	const preset = gateway.installed && presetOfAccount( gateway.installed.settings );
	const fromRule = preset && presetWords( preset ).from;
	const result = job?.watch.job?.result;
	const proved = result?.verb === 'send_test_email' ? result.test : null;
	const verdict = proved ? { ...proved, at: job?.watch.job?.finishedAt ?? null } : gateway.lastTest;
	const advice = verdict && isIncluded ? includedTestAdvice( verdict ) : undefined;

	return (
		<Section title={ __( 'Email Gateway: Send Test Email', 'email-gateway' ) }>
			<FormArea problem={ request.problem }>
				<Row>
					{ ! isIncluded && (
						<TextField
							label={ __( 'From', 'email-gateway' ) }
							name="from"
							type="email"
							value={ from }
							onChange={ ( next ) => {
								request.changed( [ 'from' ] );
								setFrom( next );
							} }
							problem={ problems.from }
							help={
								fromRule ??
								__( 'An address that the provider lets this account send from.', 'email-gateway' )
							}
						/>
					) }
					<TextField
						label={ __( 'To', 'email-gateway' ) }
						name="to"
						type="email"
						value={ to }
						onChange={ ( next ) => {
							request.changed( [ 'to' ] );
							setTo( next );
						} }
						problem={ problems.to }
					/>
				</Row>
			</FormArea>
			<Actions>
				<ActionButton
					busy={ request.busy }
					disabled={ job?.active || ! connected }
					onClick={ () => void send() }
				>
					{ __( 'Send Test Email', 'email-gateway' ) }
				</ActionButton>
			</Actions>
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
			{ job && <JobPanel job={ job } /> }
			{ verdict && ! job?.active && (
				<TestVerdict test={ verdict } news={ job?.fresh === true } advice={ advice } onRemedy={ onRemedy } />
			) }
		</Section>
	);
}
