import { __, _x } from '@wordpress/i18n';
import type { ServerView } from '@email-gateway/shared';
import { may } from '../page.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { Fold } from '../ui/fold.tsx';
import { FormArea } from '../ui/form-area.tsx';
import { ConnectingOutcome } from './connecting-outcome.tsx';
import { ConnectionFields } from './connection-fields.tsx';
import { ConnectionLine } from './connection-line.tsx';
import { ForgetServer } from './forget-server.tsx';
import { MailSystemFound } from './mail-system-found.tsx';
import { SuppliedAddress } from './supplied-address.tsx';
import { useConnecting } from './use-connecting.ts';

interface ConnectionCardProps {
	view: ServerView;
	/** Asks for the view again. */
	onChange: () => void;
	/** The backend does not answer. */
	away: boolean;
}

/** How the backend reaches the server. */
export function ConnectionCard( { view, onChange, away }: ConnectionCardProps ) {
	const { connection } = view;
	const connecting = useConnecting( { view, onChange } );
	const { values, isDirty, form, address, checking } = connecting;
	if ( ! may( 'change_connection' ) ) {
		return <ConnectionLine connection={ connection } />;
	}
	const { busy, problem, active } = checking;
	const isMade = connection?.hostKey?.state === 'trusted' && connection.lastLook !== null;

	return (
		<>
			{ address ? (
				<SuppliedAddress address={ address } connection={ connection } />
			) : (
				<Fold
					summary={
						isMade
							? __( 'Edit Connection', 'email-gateway' )
							: _x( 'Connection', 'how a server is reached', 'email-gateway' )
					}
					isNeeded={ ! isMade || isDirty || problem !== null || connecting.error !== undefined }
				>
					<FormArea problem={ problem } form={ form }>
						<ConnectionFields
							view={ view }
							values={ values }
							onChange={ connecting.change }
							problems={ connecting.problems }
						/>
					</FormArea>
				</Fold>
			) }
			<Actions>
				<ActionButton busy={ busy } disabled={ active || away } onClick={ () => void connecting.check() }>
					{ __( 'Check Connection', 'email-gateway' ) }
				</ActionButton>
				<ConnectionLine connection={ connection } />
			</Actions>
			<ConnectingOutcome view={ view } connecting={ connecting } away={ away } />
			{ ! view.gateway.installed && <MailSystemFound job={ view.job } /> }
			<ForgetServer view={ view } disabled={ away } onForgotten={ onChange } />
		</>
	);
}
