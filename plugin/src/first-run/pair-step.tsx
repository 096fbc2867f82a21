import { useState } from '@wordpress/element';
import { __, _x } from '@wordpress/i18n';
import { pair } from '../api/pairing.ts';
import { useRequest } from '../api/use-request.ts';
import { readPairingLine } from '../pairing/pairing-line.ts';
import { thisPage, changePage } from '../page.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { CopyLine } from '../ui/copy-line.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { ProblemHere } from '../ui/failure-notice.tsx';
import { TextField } from '../ui/fields.tsx';
import { FormArea, useForm } from '../ui/form-area.tsx';
import { useUnsaved } from '../unsaved/use-unsaved.ts';

/** As docs/production.md has it, for the release of this plugin. */
const installLine = ( version: string ) =>
	`EMAIL_GATEWAY_PUBLIC_URL=https://gateway.example.com apt-get install -y ./email-gateway-backend_${ version }_$(dpkg --print-architecture).deb`;

/** One command on the machine of the backend, and the line that it prints. */
export function PairStep( { onPaired }: { onPaired: () => void } ) {
	const [ line, setLine ] = useState( '' );
	const [ isNoLine, setNoLine ] = useState( false );
	const request = useRequest();
	const form = useForm();
	useUnsaved( _x( 'Connection', 'heading', 'email-gateway' ), line !== '', form );
	const send = async () => {
		const read = readPairingLine( line );
		setNoLine( ! read );
		if ( ! read ) {
			form.focus();
			return;
		}
		const state = await request.send( () => pair( read ) );
		if ( state ) {
			changePage( { backendUrl: state.backendUrl } );
			onPaired();
		}
	};
	return (
		<>
			<p>
				{ __(
					'The backend is a program of your own that reaches your servers by SSH. Run this command as root on the machine of the backend.',
					'email-gateway'
				) }
			</p>
			<CopyLine
				label={ __( 'Command that prints the pairing line', 'email-gateway' ) }
				line="email-gateway pair"
				rows={ 1 }
			/>
			<FormArea problem={ request.problem } form={ form }>
				<TextField
					label={ __( 'Pairing Line', 'email-gateway' ) }
					name="line"
					required
					value={ line }
					onChange={ ( next ) => {
						setLine( next );
						setNoLine( false );
						request.changed( [] );
					} }
					placeholder="https://gateway.example.com ABCD-EFGH-…"
					problem={
						isNoLine
							? __(
									'Paste the whole line that the command prints: an address, a blank and a code.',
									'email-gateway'
							  )
							: undefined
					}
					help={ __(
						'Paste the line that the command prints. It is valid for 15 minutes.',
						'email-gateway'
					) }
				/>
			</FormArea>
			<Actions>
				<ActionButton evenAway variant="primary" busy={ request.busy } onClick={ () => void send() }>
					{ _x( 'Pair', 'button', 'email-gateway' ) }
				</ActionButton>
			</Actions>
			{ request.problem && <ProblemHere problem={ request.problem } /> }
			<Disclosure summary={ __( 'No backend yet?', 'email-gateway' ) }>
				<div className="email-gateway-form">
					<p>
						{ __(
							'Copy the backend’s Debian package of the same release to a Debian 12 or 13, and run this command there as root, with the address at which this WordPress reaches the machine over https.',
							'email-gateway'
						) }
					</p>
					<CopyLine
						label={ __( 'Command that installs the backend', 'email-gateway' ) }
						line={ installLine( thisPage().version ) }
						rows={ 2 }
					/>
				</div>
			</Disclosure>
		</>
	);
}
