import { speak } from '@wordpress/a11y';
import { __, _x, sprintf } from '@wordpress/i18n';
import type { JobView, ServerView } from '@email-gateway/shared';
import { changedNames, fieldSentencesOf, type FieldSentences } from '../api/field-problems.ts';
import type { Problem } from '../api/problem.ts';
import { JobOutcome } from '../jobs/job-outcome.tsx';
import { useJobCall } from '../jobs/use-job-call.ts';
import { may } from '../page.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { Fold } from '../ui/fold.tsx';
import { FormArea, useForm } from '../ui/form-area.tsx';
import { useDraft } from '../unsaved/use-draft.ts';
import { useUnsaved } from '../unsaved/use-unsaved.ts';
import { ConnectionFields } from './connection-fields.tsx';
import { ConnectionLine } from './connection-line.tsx';
import { ForgetServer } from './forget-server.tsx';
import { connectionInput, connectionValues, type ConnectionValues } from './form.ts';
import { HostKey } from './host-key.tsx';
import { MailSystemFound } from './mail-system-found.tsx';
import { SuppliedAddress } from './supplied-address.tsx';
import { useSuppliedAddress } from './use-supplied-address.ts';

const calls = [ 'saveConnection', 'checkConnection', 'trustHostKey' ] as const;

interface ConnectionCardProps {
	view: ServerView;
	/** Asks for the view again. */
	onChange: () => void;
	/** The backend does not answer. */
	away: boolean;
}

/** How the backend reaches the server. */
export function ConnectionCard( { view, onChange, away }: ConnectionCardProps ) {
	const { serverId, connection } = view;
	const saved = () => connectionValues( connection );
	const { values, change: fill, keep, isDirty } = useDraft( saved, JSON.stringify( saved() ) );
	const form = useForm();
	useUnsaved( __( 'Server Connection', 'email-gateway' ), isDirty, form );
	const address = useSuppliedAddress( serverId, connection );
	const checking = useJobCall( calls, { view, onChange, onEnd: announce } );

	if ( ! may( 'change_connection' ) ) {
		return <ConnectionLine connection={ connection } />;
	}

	const change = ( next: ConnectionValues ) => {
		// sent as `password`, because only one of the two passwords of a connection is its own
		checking.changed(
			changedNames( values, next ).map( ( name ) => ( name === 'sshPassword' ? 'password' : name ) )
		);
		fill( next );
	};
	const check = async () => {
		const accepted = address
			? await checking.ask( 'checkConnection' )
			: await checking.ask( 'saveConnection', { connection: connectionInput( values, connection ) } );
		if ( accepted ) {
			keep( { ...values, privateKey: '', passphrase: '', sshPassword: '', sudoPassword: '' } );
		}
	};
	// A key that waits for trust is told by its own notice.
	const toldByKey = connection?.hostKey?.state === 'unknown' || connection?.hostKey?.state === 'changed';
	const { busy, problem, job, active } = checking;
	const problems = problemsAt( problem );
	const error = job?.watch.job?.error ?? undefined;
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
					isNeeded={ ! isMade || isDirty || problem !== null || error !== undefined }
				>
					<FormArea problem={ problem } form={ form }>
						<ConnectionFields view={ view } values={ values } onChange={ change } problems={ problems } />
					</FormArea>
				</Fold>
			) }
			<Actions>
				<ActionButton busy={ busy } disabled={ active || away } onClick={ () => void check() }>
					{ __( 'Check Connection', 'email-gateway' ) }
				</ActionButton>
				<ConnectionLine connection={ connection } />
			</Actions>
			<JobOutcome
				of={ toldByKey && error ? { ...checking, job: null } : checking }
				advice={ adviceFor( error?.code, connection?.signIn ) }
			/>
			{ connection && (
				<HostKey
					serverId={ serverId }
					connection={ connection }
					disabled={ away }
					onStart={ ( jobId ) => checking.follow( jobId, 'trustHostKey' ) }
				/>
			) }
			{ ! view.gateway.installed && <MailSystemFound job={ view.job } /> }
			<ForgetServer view={ view } disabled={ away } onForgotten={ onChange } />
		</>
	);
}

/** A connection that works is told by a line of its own, which no screen reader hears. */
function announce( { result }: JobView ): void {
	if ( result?.verb === 'check_connection' ) {
		/* translators: %s: name of an operating system */
		speak( sprintf( __( 'Connected: %s.', 'email-gateway' ), result.system ), 'polite' );
	}
}

/** A secret that was asked for and is not saved is told at its field. */
function problemsAt( problem: Problem | null ): FieldSentences {
	const sentences = fieldSentencesOf( problem, 'connection' );
	if ( problem?.code !== 'sign_in_required' ) {
		return sentences;
	}
	const missing: Record< string, FieldSentences > = {
		password: { password: __( 'Enter the SSH password of this server.', 'email-gateway' ) },
		private_key: { privateKey: __( 'Paste the private key for this server.', 'email-gateway' ) },
		passphrase: { passphrase: __( 'Enter the passphrase of the private key.', 'email-gateway' ) },
		sudo_password: { sudoPassword: __( 'Enter the sudo password of this server.', 'email-gateway' ) },
	};
	return { ...sentences, ...missing[ problem.detail.field ] };
}

/** What to do about a login that was refused depends on how it was tried. */
function adviceFor( code: string | undefined, signIn: string | undefined ): string | undefined {
	if ( code !== 'sign_in_refused' ) {
		return undefined;
	}
	if ( signIn === 'managed_key' ) {
		return __(
			'Run the line above on the server as SSH User, then press Check Connection again.',
			'email-gateway'
		);
	}
	return signIn === 'private_key'
		? __( 'Check SSH User, and that this key is in its authorized_keys file on the server.', 'email-gateway' )
		: signIn === 'password'
		? __(
				'Check SSH User and SSH Password. Many servers accept no password for root: use a key there.',
				'email-gateway'
		  )
		: undefined;
}
