import { useEffect, useRef } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ServerView } from '@email-gateway/shared';
import { ConnectingOutcome } from '../connection/connecting-outcome.tsx';
import { ConnectionFields } from '../connection/connection-fields.tsx';
import { SuppliedAddress } from '../connection/supplied-address.tsx';
import type { ConnectionValues } from '../connection/form.ts';
import { useConnecting } from '../connection/use-connecting.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { FormArea } from '../ui/form-area.tsx';

interface ConnectStepProps {
	view: ServerView;
	away: boolean;
	onChange: () => void;
	typed?: ConnectionValues | undefined;
	/** As the server was named by the step that added it. */
	host: string;
}

/** How the backend reaches the server. Where nothing has to be run on it first, the click that added it checks at once. */
export function ConnectStep( { view, away, onChange, typed, host }: ConnectStepProps ) {
	const connecting = useConnecting( { view, onChange, typed, host } );
	const { checking, check } = connecting;
	const wasAsked = useRef( false );
	useEffect( () => {
		if ( typed && typed.signIn !== 'managed_key' && ! wasAsked.current ) {
			wasAsked.current = true;
			void check();
		}
	}, [ typed, check ] );
	const waitsForTrust = view.connection?.hostKey && view.connection.hostKey.state !== 'trusted';
	return (
		<>
			{ connecting.address ? (
				<SuppliedAddress address={ connecting.address } connection={ view.connection } />
			) : (
				<FormArea problem={ checking.problem } form={ connecting.form }>
					<ConnectionFields
						view={ view }
						values={ connecting.values }
						onChange={ connecting.change }
						problems={ connecting.problems }
					/>
				</FormArea>
			) }
			<Actions>
				<ActionButton
					variant={ waitsForTrust ? 'secondary' : 'primary' }
					busy={ checking.busy }
					disabled={ checking.active || away }
					onClick={ () => void check() }
				>
					{ __( 'Check Connection', 'email-gateway' ) }
				</ActionButton>
			</Actions>
			<ConnectingOutcome view={ view } connecting={ connecting } away={ away } />
		</>
	);
}
