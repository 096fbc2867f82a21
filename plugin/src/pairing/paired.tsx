import { useState } from '@wordpress/element';
import { Notice } from '@wordpress/components';
import { __, _x } from '@wordpress/i18n';
import { call } from '../api/call.ts';
import { readPairing, unpair, type PairingState } from '../api/pairing.ts';
import { useRequest } from '../api/use-request.ts';
import { DownloadAudit } from '../audit/download-audit.tsx';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { Confirmation } from '../ui/confirmation.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { BackendState } from './backend-state.tsx';
import { newSiteWords, PairingForm } from './pairing-form.tsx';

interface PairedProps {
	state: PairingState;
	onChange: ( state: PairingState ) => void;
}

/** A paired site: how the backend is, pair again, end the pairing. */
export function Paired( { state, onChange }: PairedProps ) {
	const [ open, setOpen ] = useState< 'again' | 'end' | null >( null );
	const request = useRequest();
	const end = async () => {
		setOpen( null );
		const next = await request.send( unpair );
		if ( next ) {
			onChange( next );
		}
	};
	const pairedAnew = ( next: PairingState ) => {
		setOpen( null );
		onChange( next );
	};
	return (
		<>
			{ state.moved && <Moved onConfirmed={ onChange } /> }
			{ ! state.keyReadable && (
				<Notice status="error" isDismissible={ false }>
					{ __(
						'The key of this site cannot be opened: the salts in wp-config.php have changed since. Pair this site again.',
						'email-gateway'
					) }
				</Notice>
			) }
			<BackendState key={ `${ state.backendUrl } ${ state.moved }` } state={ state } />
			<DownloadAudit />
			<Actions>
				<ActionButton evenAway onClick={ () => setOpen( open === 'again' ? null : 'again' ) }>
					{ __( 'Pair Again', 'email-gateway' ) }
				</ActionButton>
				<ActionButton
					evenAway
					variant="link"
					destructive
					busy={ request.busy }
					onClick={ () => setOpen( 'end' ) }
				>
					{ __( 'End the Pairing', 'email-gateway' ) }
				</ActionButton>
			</Actions>
			{ open === 'again' && <PairingForm known={ state } onPaired={ pairedAnew } /> }
			{ open === 'end' && (
				<Confirmation
					title={ __( 'End the pairing of this site?', 'email-gateway' ) }
					confirm={ _x( 'End', 'button', 'email-gateway' ) }
					destructive
					evenAway
					onConfirm={ () => void end() }
					onCancel={ () => setOpen( null ) }
				>
					<p>
						{ __(
							'The key of this site is deleted here. The gateways on the servers keep working, but cannot be changed from here until the site is paired again.',
							'email-gateway'
						) }{ ' ' }
						{ newSiteWords() }
					</p>
				</Confirmation>
			) }
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
		</>
	);
}

/** A copied or moved WordPress: only a person knows which it is. */
function Moved( { onConfirmed }: { onConfirmed: ( state: PairingState ) => void } ) {
	const request = useRequest();
	const confirm = async () => {
		const state = await request.send( async () => {
			await call( 'confirmMove' );
			return readPairing();
		} );
		if ( state ) {
			onConfirmed( state );
		}
	};
	return (
		<Notice status="warning" isDismissible={ false }>
			<p>
				{ __(
					'This WordPress has another address than the one it was paired as. If it moved, confirm that. If it is a copy, pair it again: otherwise both change the same servers.',
					'email-gateway'
				) }
			</p>
			<ActionButton busy={ request.busy } onClick={ () => void confirm() }>
				{ __( 'Confirm the Move', 'email-gateway' ) }
			</ActionButton>
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
		</Notice>
	);
}
