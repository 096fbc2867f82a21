import { useRef } from '@wordpress/element';
import { speak } from '@wordpress/a11y';
import { __, sprintf } from '@wordpress/i18n';
import type { JobView, ServerView, Verb } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { changedNames, fieldSentencesOf, type FieldSentences } from '../api/field-problems.ts';
import type { Problem } from '../api/problem.ts';
import { useRequest } from '../api/use-request.ts';
import { JobPanel } from '../jobs/job-panel.tsx';
import { useJob } from '../jobs/use-job.ts';
import { may } from '../page.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { FormArea } from '../ui/form-area.tsx';
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

const verbs: readonly Verb[] = [ 'check_connection' ];

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
	const form = useRef< HTMLDivElement >( null );
	useUnsaved( __( 'Server Connection', 'email-gateway' ), isDirty, form );
	const request = useRequest();
	const address = useSuppliedAddress( serverId, connection );
	const onEnd = ( ended: JobView ) => {
		announce( ended );
		onChange();
	};
	const { job, start, hide } = useJob( { serverId, verbs, latest: view.job, onEnd } );

	if ( ! may( 'change_connection' ) ) {
		return <ConnectionLine connection={ connection } />;
	}

	const change = ( next: ConnectionValues ) => {
		// sent as `password`, because only one of the two passwords of a connection is its own
		request.changed(
			changedNames( values, next ).map( ( name ) => ( name === 'sshPassword' ? 'password' : name ) )
		);
		hide();
		fill( next );
	};
	const check = async () => {
		hide();
		const accepted = await request.send( () =>
			address
				? call( 'checkConnection', { serverId } )
				: call( 'saveConnection', { serverId, body: { connection: connectionInput( values, connection ) } } )
		);
		if ( accepted ) {
			start( accepted.jobId, 'check_connection' );
			keep( { ...values, privateKey: '', passphrase: '', sshPassword: '', sudoPassword: '' } );
			onChange();
		}
	};
	// A key that waits for trust is told by its own notice.
	const toldByKey = connection?.hostKey?.state === 'unknown' || connection?.hostKey?.state === 'changed';
	const problems = problemsAt( request.problem );

	return (
		<>
			{ address ? (
				<SuppliedAddress address={ address } connection={ connection } />
			) : (
				<div ref={ form }>
					<FormArea problem={ request.problem }>
						<ConnectionFields view={ view } values={ values } onChange={ change } problems={ problems } />
					</FormArea>
				</div>
			) }
			<Actions>
				<ActionButton busy={ request.busy } disabled={ job?.active || away } onClick={ () => void check() }>
					{ __( 'Check Connection', 'email-gateway' ) }
				</ActionButton>
				<ConnectionLine connection={ connection } />
			</Actions>
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
			{ job && ! ( toldByKey && job.watch.job?.error ) && (
				<JobPanel job={ job } advice={ adviceFor( job.watch.job?.error?.code, connection?.signIn ) } />
			) }
			{ connection && (
				<HostKey
					serverId={ serverId }
					connection={ connection }
					disabled={ away }
					onStart={ ( jobId ) => start( jobId, 'check_connection' ) }
				/>
			) }
			{ ! view.gateway.installed && <MailSystemFound job={ view.job } /> }
			<ForgetServer view={ view } disabled={ away } onForgotten={ onChange } />
		</>
	);
}

/** A connection that works is told by a line of its own, which no screen reader hears. */
function announce( { result }: JobView ) {
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
	const fields: Record< string, string > = {
		password: 'password',
		private_key: 'privateKey',
		passphrase: 'passphrase',
		sudo_password: 'sudoPassword',
	};
	const name = fields[ String( problem.detail.field ) ];
	return name ? { ...sentences, [ name ]: __( 'Enter it for this server.', 'email-gateway' ) } : sentences;
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
