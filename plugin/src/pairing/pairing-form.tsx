import { useState } from '@wordpress/element';
import { __, _x } from '@wordpress/i18n';
import { fieldSentencesOf } from '../api/field-problems.ts';
import { pair, type PairingState } from '../api/pairing.ts';
import { useRequest } from '../api/use-request.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions, Row } from '../ui/card.tsx';
import { ProblemHere } from '../ui/failure-notice.tsx';
import { TextField } from '../ui/fields.tsx';
import { FormArea, useForm } from '../ui/form-area.tsx';
import { useUnsaved } from '../unsaved/use-unsaved.ts';
import { readPairingLine } from './pairing-line.ts';

interface PairingFormProps {
	known: PairingState;
	onPaired: ( state: PairingState ) => void;
}

/** Address and one-time code, typed or pasted as the one line that the backend prints: this site makes a key pair and tells the backend the public half. */
export function PairingForm( { known, onPaired }: PairingFormProps ) {
	const [ backendUrl, setBackendUrl ] = useState( known.backendUrl ?? '' );
	const [ code, setCode ] = useState( '' );
	const request = useRequest();
	const form = useForm();
	const isDirty = code !== '' || backendUrl !== ( known.backendUrl ?? '' );
	useUnsaved( _x( 'Connection', 'heading', 'email-gateway' ), isDirty, form );
	const send = async () => {
		const state = await request.send( () => pair( { backendUrl: backendUrl.trim(), code: code.trim() } ) );
		if ( state ) {
			onPaired( state );
		}
	};
	const problems = fieldSentencesOf( request.problem, '' );
	const typed = ( name: 'backendUrl' | 'code', set: ( value: string ) => void ) => ( {
		name,
		onChange: ( value: string ) => {
			const line = readPairingLine( value );
			request.changed( line ? [ 'backendUrl', 'code' ] : [ name ] );
			if ( line ) {
				setBackendUrl( line.backendUrl );
				setCode( line.code );
			} else {
				set( value );
			}
		},
		problem: problems[ name ],
		required: true,
	} );
	return (
		<>
			<p>
				{ __(
					'The backend does the work on the servers. Run “email-gateway pair” there as root, and paste the line that it prints into either field within 15 minutes.',
					'email-gateway'
				) }
			</p>
			{ known.paired && <p>{ keepingWords( known ) }</p> }
			<FormArea problem={ request.problem } form={ form }>
				<Row>
					<TextField
						label={ __( 'Backend Address', 'email-gateway' ) }
						{ ...typed( 'backendUrl', setBackendUrl ) }
						value={ backendUrl }
						placeholder="https://gateway.example.com"
						help={ __(
							'It begins with https://; plain http is for the same machine only.',
							'email-gateway'
						) }
					/>
					<TextField
						label={ __( 'Pairing Code', 'email-gateway' ) }
						{ ...typed( 'code', setCode ) }
						value={ code }
						help={ __( 'The second word of the line that “email-gateway pair” prints.', 'email-gateway' ) }
					/>
				</Row>
			</FormArea>
			<Actions>
				<ActionButton evenAway variant="primary" busy={ request.busy } onClick={ () => void send() }>
					{ _x( 'Pair', 'button', 'email-gateway' ) }
				</ActionButton>
			</Actions>
			{ request.problem && <ProblemHere problem={ request.problem } /> }
		</>
	);
}

/** What pairing again means for the servers: a copy of a site, or one that lost its key, starts anew. */
export function keepingWords( { keepsServers }: PairingState ): string {
	return keepsServers
		? __(
				'At the same backend the servers and the defaults of this site stay: it signs with its present key that it is the same site.',
				'email-gateway'
		  )
		: newSiteWords();
}

export function newSiteWords(): string {
	return __(
		'The backend will take this site for a new one: servers must be connected and defaults saved again.',
		'email-gateway'
	);
}
