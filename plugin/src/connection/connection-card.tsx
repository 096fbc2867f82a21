import { useRef } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ServerView, Verb } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { fieldSentencesOf } from '../api/field-problems.ts';
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
import { connectionInput, connectionValues } from './form.ts';
import { HostKey } from './host-key.tsx';
import { MailSystemFound } from './mail-system-found.tsx';
import { SuppliedAddress } from './supplied-address.tsx';
import { useSuppliedAddress } from './use-supplied-address.ts';

const verbs: readonly Verb[] = [ 'check_connection' ];

interface ConnectionCardProps {
	view: ServerView;
	/** Asks for the view again. */
	onChange: () => void;
}

/** How the backend reaches the server. */
export function ConnectionCard( { view, onChange }: ConnectionCardProps ) {
	const { serverId, connection } = view;
	const saved = () => connectionValues( connection );
	const { values, change, keep, isDirty } = useDraft( saved, JSON.stringify( saved() ) );
	const form = useRef< HTMLDivElement >( null );
	useUnsaved( __( 'Server Connection', 'email-gateway' ), isDirty, form );
	const request = useRequest();
	const address = useSuppliedAddress( serverId, connection );
	const { job, start } = useJob( { serverId, verbs, latest: view.job, onEnd: onChange } );

	if ( ! may( 'change_connection' ) ) {
		return <ConnectionLine connection={ connection } />;
	}

	const check = async () => {
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
	const problems = fieldSentencesOf( request.problem, 'connection' );

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
				<ActionButton busy={ request.busy } disabled={ job?.active } onClick={ () => void check() }>
					{ __( 'Check Connection', 'email-gateway' ) }
				</ActionButton>
				<ConnectionLine connection={ connection } />
			</Actions>
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
			{ job && ! ( toldByKey && job.watch.job?.error ) && <JobPanel job={ job } /> }
			{ connection && (
				<HostKey
					serverId={ serverId }
					connection={ connection }
					onStart={ ( jobId ) => start( jobId, 'check_connection' ) }
				/>
			) }
			{ ! view.gateway.installed && <MailSystemFound job={ view.job } /> }
			<ForgetServer view={ view } onForgotten={ onChange } />
		</>
	);
}
