import { useState } from '@wordpress/element';
import { __, _x } from '@wordpress/i18n';
import type { SendingUser } from '@email-gateway/shared';
import { presetOfAccount } from '@email-gateway/shared/presets';
import { fieldSentencesOf } from '../api/field-problems.ts';
import { JobOutcome } from '../jobs/job-outcome.tsx';
import { useJobCall } from '../jobs/use-job-call.ts';
import { thisPage } from '../page.ts';
import { senderOfRoute } from '../sites/sender-of-route.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions, Row, Section } from '../ui/card.tsx';
import { TextField } from '../ui/fields.tsx';
import { FormArea } from '../ui/form-area.tsx';
import { unshownTestAdvice } from '../words/included.ts';
import { presetWords } from '../words/presets.ts';
import { SendAsField } from './opened-later.ts';
import type { SectionProps } from './section.ts';
import { TestVerdict, type RemedyProps } from './test-verdict.tsx';

const calls = [ 'sendTestEmail' ] as const;

/** The proof: one message, followed to the provider's own reply. */
export function TestSection( props: SectionProps & RemedyProps & { firstTo?: string } ) {
	const { view, onChange, connected, onRemedy, firstTo = thisPage().currentUserMail } = props;
	const { gateway } = view;
	// neither of the included gateway nor of a former owner's is the sending domain shown: the backend knows an address of it
	const isUnshown = gateway.installed === null;
	const ownFrom = `wordpress@${ gateway.installed?.settings.sendingDomain }`;
	const [ from, setFrom ] = useState( ownFrom );
	const [ to, setTo ] = useState( firstTo );
	const [ site, setSite ] = useState< SendingUser | null >( null );
	const [ asksAs, setAsksAs ] = useState( false );
	const test = useJobCall( calls, { view, onChange } );
	const { job, active } = test;
	const problems = fieldSentencesOf( test.problem, '' );
	const hasFrom = ! isUnshown || ( site !== null && site.route !== null );
	const preset = ! site?.route && gateway.installed && presetOfAccount( gateway.installed.settings );
	const fromRule = preset && presetWords( preset ).from;
	const result = job?.watch.job?.result;
	const proved = result?.verb === 'send_test_email' ? result.test : null;
	const verdict = proved ? { ...proved, at: job?.watch.job?.finishedAt ?? null } : gateway.lastTest;
	const sendAs = ( next: SendingUser | null ) => {
		test.changed( [ 'from', 'uid' ] );
		setSite( next );
		setFrom( next?.route ? senderOfRoute( next.route ) : ownFrom );
	};
	const advice = verdict && isUnshown ? unshownTestAdvice( verdict, gateway.included === 'absent' ) : undefined;

	return (
		<Section title={ __( 'Email Gateway: Send Test Email', 'email-gateway' ) }>
			<FormArea problem={ test.problem }>
				<Row>
					{ asksAs && <SendAsField serverId={ view.serverId } value={ site } onChange={ sendAs } /> }
					{ hasFrom && (
						<TextField
							label={ _x( 'From', 'label of a field', 'email-gateway' ) }
							name="from"
							type="email"
							required
							value={ from }
							onChange={ ( next ) => {
								test.changed( [ 'from' ] );
								setFrom( next );
							} }
							problem={ problems.from }
							help={
								fromRule ??
								( site?.route
									? __( 'One of the senders that the route of this site lists.', 'email-gateway' )
									: __(
											'An address of the Sending Domain that the provider lets this account send from.',
											'email-gateway'
									  ) )
							}
						/>
					) }
					<TextField
						label={ _x( 'To', 'label of a field', 'email-gateway' ) }
						name="to"
						type="email"
						required
						value={ to }
						onChange={ ( next ) => {
							test.changed( [ 'to' ] );
							setTo( next );
						} }
						problem={ problems.to }
					/>
				</Row>
			</FormArea>
			<Actions>
				<ActionButton
					variant="primary"
					busy={ test.busy }
					disabled={ active || ! connected }
					onClick={ () =>
						void test.ask( 'sendTestEmail', {
							...( hasFrom && { from } ),
							to,
							...( site && { uid: site.uid } ),
						} )
					}
				>
					{ __( 'Send Test Email', 'email-gateway' ) }
				</ActionButton>
				<ActionButton
					variant="link"
					expanded={ asksAs }
					disabled={ active || ! connected }
					onClick={ () => {
						setAsksAs( ! asksAs );
						sendAs( null );
					} }
				>
					{ __( 'Send as a Site', 'email-gateway' ) }
				</ActionButton>
			</Actions>
			<JobOutcome of={ test } />
			{ verdict && ! active && (
				<TestVerdict test={ verdict } news={ job?.fresh === true } advice={ advice } onRemedy={ onRemedy } />
			) }
		</Section>
	);
}
