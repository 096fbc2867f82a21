import { Notice } from '@wordpress/components';
import { __, _x } from '@wordpress/i18n';
import type { ConnectionView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useRequest } from '../api/use-request.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { CopyLine } from '../ui/copy-line.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';

interface HostKeyProps {
	serverId: number;
	connection: ConnectionView;
	disabled: boolean;
	/** A check began with the key now trusted. */
	onStart: ( jobId: string ) => void;
}

/** First contact waits for trust; a changed key stops everything until somebody has compared it. */
export function HostKey( { serverId, connection: { hostKey }, disabled, onStart }: HostKeyProps ) {
	const request = useRequest();
	if ( ! hostKey || hostKey.state === 'trusted' ) {
		return null;
	}
	const changed = hostKey.state === 'changed';
	const fingerprint = ( changed && hostKey.seenFingerprint ) || hostKey.fingerprint;
	const trust = async () => {
		const accepted = await request.send( () => call( 'trustHostKey', { serverId, body: { fingerprint } } ) );
		if ( accepted ) {
			onStart( accepted.jobId );
		}
	};
	return (
		<Notice status={ changed ? 'error' : 'warning' } isDismissible={ false }>
			<p>
				<strong>
					{ changed
						? __( 'The host key of this server has changed. Everything is stopped.', 'email-gateway' )
						: __( 'Is this your server? Its host key is not trusted yet.', 'email-gateway' ) }
				</strong>
			</p>
			<dl className="email-gateway-facts">
				{ changed && (
					<>
						<dt>{ _x( 'Trusted', 'host key', 'email-gateway' ) }</dt>
						<dd>
							<code>{ hostKey.fingerprint }</code>
						</dd>
					</>
				) }
				<dt>
					{ changed
						? __( 'Seen now', 'email-gateway' )
						: _x( 'Fingerprint', 'of a host key', 'email-gateway' ) }
				</dt>
				<dd>
					<code data-fingerprint={ fingerprint }>{ fingerprint }</code> ({ hostKey.algorithm })
				</dd>
			</dl>
			{ changed && (
				<p>
					{ __(
						'The server was reinstalled, or someone may be intercepting the connection. Trust the new host key only when you know why it has changed.',
						'email-gateway'
					) }
				</p>
			) }
			<p>
				{ ! changed && __( 'Every first connection asks this.', 'email-gateway' ) }{ ' ' }
				{ __(
					'To compare the fingerprint, run this on the server’s own console (not over SSH).',
					'email-gateway'
				) }
			</p>
			<CopyLine
				label={ __( 'Command that prints the fingerprints of the server', 'email-gateway' ) }
				line="for f in /etc/ssh/ssh_host_*_key.pub; do ssh-keygen -lf $f; done"
				rows={ 1 }
			/>
			<ActionButton
				variant={ changed ? 'secondary' : 'primary' }
				destructive={ changed }
				busy={ request.busy }
				disabled={ disabled }
				onClick={ () => void trust() }
			>
				{ __( 'Trust This Host Key', 'email-gateway' ) }
			</ActionButton>
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
		</Notice>
	);
}
