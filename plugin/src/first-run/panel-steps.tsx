import type { ReactNode } from 'react';
import { useCallback, useState } from '@wordpress/element';
import { Spinner } from '@wordpress/components';
import { __, _x } from '@wordpress/i18n';
import { readSuppliedAddress } from '../api/supplied-address.ts';
import { useAnswer } from '../api/use-answer.ts';
import { changePage, thisPage } from '../page.ts';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { SelectField } from '../ui/fields.tsx';
import { ofPanel } from '../words/panel.ts';
import { ServerSteps } from './server-steps.tsx';
import { Step, Steps } from './steps.tsx';
import { titles } from './titles.ts';

/** Beside a panel the servers are there already: one of them is chosen, and reached by what the panel keeps. */
export function PanelSteps( { before }: { before: ReactNode } ) {
	const { servers, connected } = thisPage();
	const [ id, setId ] = useState( connected?.[ 0 ] ?? ( servers.length === 1 ? servers[ 0 ]?.id : undefined ) );
	const server = servers.find( ( one ) => one.id === id );
	const choice =
		servers.length === 0 ? (
			<p>
				{ ofPanel(
					/* translators: %s: name of a product */
					__( '%s has no server yet. Add one there, then reload this page.', 'email-gateway' )
				) }
			</p>
		) : (
			<SelectField
				size="normal"
				label={ __( 'Server to Begin With', 'email-gateway' ) }
				value={ String( id ?? '' ) }
				options={ [
					...( server ? [] : [ { value: '', label: _x( 'Choose…', 'option', 'email-gateway' ) } ] ),
					...servers.map( ( one ) => ( { value: String( one.id ), label: one.name } ) ),
				] }
				onChange={ ( chosen ) => setId( Number( chosen ) ) }
			/>
		);
	return server ? (
		<ChosenServer key={ server.id } { ...server } before={ before } choice={ choice } />
	) : (
		<ConnectFirst before={ before }>{ choice }</ConnectFirst>
	);
}

const ConnectFirst = ( { before, children }: { before: ReactNode; children: ReactNode } ) => (
	<Steps>
		{ before }
		<Step state="now" title={ titles.connect() }>
			{ children }
		</Step>
		<Step state="later" title={ titles.prove() } />
	</Steps>
);

interface ChosenServerProps {
	id: number;
	name: string;
	before: ReactNode;
	choice: ReactNode;
}

/** What the panel says of the server comes first: by it the parts below know that nobody has to type it. */
function ChosenServer( { id, name, before, choice }: ChosenServerProps ) {
	const ask = useCallback(
		async ( signal: AbortSignal ) => {
			const address = await readSuppliedAddress( id, signal );
			changePage( { address } );
			return address;
		},
		[ id ]
	);
	const { answer, problem, retry } = useAnswer( ask );
	if ( answer ) {
		return <ServerSteps serverId={ id } name={ name } before={ before } choice={ choice } />;
	}
	return (
		<ConnectFirst before={ before }>
			{ choice }
			{ problem ? <ProblemNotice problem={ problem } onRetry={ retry } /> : <Spinner /> }
		</ConnectFirst>
	);
}
