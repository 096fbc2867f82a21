import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { changePage, thisPage } from '../page.ts';
import { Step, Steps, type StepState } from './steps.tsx';
import { NewServer } from './new-server.tsx';
import { PairStep } from './pair-step.tsx';
import { PanelSteps } from './panel-steps.tsx';
import { ServerSteps } from './server-steps.tsx';
import { titles } from './titles.ts';
import type { ConnectionValues } from '../connection/form.ts';

/** A first run is over with the second server, beside a panel with the second one that is connected: then people know their way. */
export const isFirstRun = (): boolean => {
	const { hasPanel, mayAddServers, paired, servers, connected } = thisPage();
	if ( ! paired ) {
		return hasPanel || mayAddServers;
	}
	return hasPanel ? connected !== null && connected.length <= 1 : mayAddServers && servers.length <= 1;
};

/** Whether there is something to come back to, so that the steps are not what is shown first. */
export const isAtWork = (): boolean => {
	const { hasPanel, paired, servers, connected } = thisPage();
	return paired && ( hasPanel ? connected?.length !== 0 : servers.length > 0 );
};

interface Begun {
	serverId: number;
	name: string;
	/** What was typed to add it; undefined where it was there before. */
	typed?: ConnectionValues;
}

/** From activation to a proved mail: three steps, of which each is ticked by what is so, not by what was clicked. */
export function FirstRunTab( { onChange }: { onChange: () => void } ) {
	const { hasPanel, paired, servers } = thisPage();
	const [ added, setAdded ] = useState< Begun | null >( null );
	const [ first ] = servers;
	const server = added ?? ( first ? { serverId: first.id, name: first.name } : null );
	const pairing: StepState = paired ? 'done' : 'now';
	const pairStep = (
		<Step state={ pairing } title={ titles.pair() } summary={ pairedWords() }>
			<PairStep
				onPaired={ () => {
					changePage( { paired: true } );
					onChange();
				} }
			/>
		</Step>
	);
	return (
		<>
			<p>{ __( 'Three steps lead from here to a test email that your provider accepts.', 'email-gateway' ) }</p>
			{ paired && hasPanel ? (
				<PanelSteps before={ pairStep } />
			) : paired && server ? (
				<ServerSteps { ...server } before={ pairStep } />
			) : (
				<Steps>
					{ pairStep }
					<Step state={ paired ? 'now' : 'later' } title={ titles.connect() }>
						<NewServer
							onAdded={ ( serverId, typed ) => {
								const name = typed.host.trim();
								changePage( { servers: [ { id: serverId, name }, ...servers ] } );
								setAdded( { serverId, name, typed } );
								onChange();
							} }
						/>
					</Step>
					<Step state="later" title={ titles.prove() } />
				</Steps>
			) }
		</>
	);
}

function pairedWords(): string {
	const { backendUrl } = thisPage();
	return backendUrl
		? /* translators: %s: address of the backend */
		  sprintf( __( 'This site is paired with %s.', 'email-gateway' ), backendUrl )
		: __( 'This site is paired with a backend.', 'email-gateway' );
}
