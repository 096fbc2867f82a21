import { useState } from '@wordpress/element';
import type { ServerView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { fieldSentencesOf } from '../api/field-problems.ts';
import { useRequest } from '../api/use-request.ts';
import { InstallForm } from './install-form.tsx';
import { screenOf } from './screen-of.ts';
import { TestSection } from '../gateway/test-section.tsx';
import { thisPage } from '../page.ts';
import { ProblemNotice } from '../ui/failure-notice.tsx';

interface ProveStepProps {
	view: ServerView;
	away: boolean;
	onChange: () => void;
}

/** Installs and sends a test email by one click; what became of it, and another one, once the gateway is there. */
export function ProveStep( props: ProveStepProps ) {
	const { view, away, onChange } = props;
	const { serverId, gateway, connection } = view;
	const [ to, setTo ] = useState( thisPage().currentUserMail );
	const sending = useRequest();
	const section = { ...props, connected: connection?.hostKey?.state === 'trusted' && ! away };
	const send = async ( sendingDomain: string ) => {
		const from = `wordpress@${ sendingDomain }`;
		await sending.send( () => call( 'sendTestEmail', { serverId, body: { from, to } } ) );
		onChange();
	};
	return (
		<>
			{ gateway.installed ? (
				// its fields are on the screen of the server
				<TestSection
					{ ...section }
					firstTo={ to }
					onRemedy={ () => window.location.assign( screenOf( serverId ) ) }
				/>
			) : (
				<InstallForm
					section={ section }
					to={ { value: to, onChange: setTo, problem: fieldSentencesOf( sending.problem, '' ).to } }
					onInstalled={ ( domain ) => void send( domain ) }
				/>
			) }
			{ sending.problem && <ProblemNotice problem={ sending.problem } /> }
		</>
	);
}
