import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { addServer } from '../api/add-server.ts';
import { useRequest } from '../api/use-request.ts';
import { ConnectionFields } from '../connection/connection-fields.tsx';
import { connectionValues, type ConnectionValues } from '../connection/form.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { FormArea, useForm } from '../ui/form-area.tsx';
import { useUnsaved } from '../unsaved/use-unsaved.ts';
import { fieldSentence } from '../words/field-problems.ts';

export const isHost = ( text: string ): boolean => /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test( text );

interface NewServerProps {
	onAdded: ( serverId: number, typed: ConnectionValues ) => void;
}

/** The first server, before it is there: it gets the name of its host, and goes on with what was typed. */
export function NewServer( { onAdded }: NewServerProps ) {
	const [ values, setValues ] = useState( () => connectionValues( null ) );
	const [ refused, setRefused ] = useState( '' );
	const request = useRequest();
	const form = useForm();
	useUnsaved( __( 'Server Connection', 'email-gateway' ), values.host !== '', form );
	const send = async () => {
		const host = values.host.trim();
		// the backend decides; this keeps a server from being added for nothing
		const problem = host === '' ? 'required' : isHost( host ) ? '' : 'not_a_host_name';
		setRefused( problem && fieldSentence( problem, 'host' ) );
		if ( problem ) {
			form.focus( 'host' );
			return;
		}
		const added = await request.send( () => addServer( host ) );
		if ( added ) {
			onAdded( added.serverId, values );
		}
	};
	return (
		<>
			<FormArea problem={ request.problem } form={ form }>
				<ConnectionFields
					view={ null }
					values={ values }
					onChange={ ( next ) => {
						setValues( next );
						setRefused( '' );
					} }
					problems={ refused ? { host: refused } : {} }
				/>
			</FormArea>
			<Actions>
				<ActionButton variant="primary" busy={ request.busy } onClick={ () => void send() }>
					{ __( 'Check Connection', 'email-gateway' ) }
				</ActionButton>
			</Actions>
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
		</>
	);
}
