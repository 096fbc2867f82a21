import { __ } from '@wordpress/i18n';
import type { ServerView } from '@email-gateway/shared';
import { JobOutcome } from '../jobs/job-outcome.tsx';
import { HostKey } from './host-key.tsx';
import type { Connecting } from './use-connecting.ts';

interface ConnectingOutcomeProps {
	view: ServerView;
	connecting: Connecting;
	away: boolean;
}

/** What became of a check, and the host key that waits for a person. */
export function ConnectingOutcome( { view, connecting, away }: ConnectingOutcomeProps ) {
	const { serverId, connection } = view;
	const { checking, error } = connecting;
	// A key that waits for trust is told by its own notice.
	const toldByKey = connection?.hostKey?.state === 'unknown' || connection?.hostKey?.state === 'changed';
	return (
		<>
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
		</>
	);
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
