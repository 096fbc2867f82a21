import { Spinner } from '@wordpress/components';
import { __, _x } from '@wordpress/i18n';
import { call } from '../api/call.ts';
import type { PairingState } from '../api/pairing.ts';
import { useAnswer } from '../api/use-answer.ts';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { Pill } from '../ui/pill.tsx';
import { fullTime } from '../words/time.ts';

const readSite = ( signal: AbortSignal ) => call( 'readSite', { signal } );

/** How the backend is at this moment. */
export function BackendState( { state }: { state: PairingState } ) {
	const { answer, problem, retry } = useAnswer( readSite );
	return (
		<>
			<dl className="email-gateway-facts">
				<dt>{ __( 'Backend Address', 'email-gateway' ) }</dt>
				<dd>
					<code>{ state.backendUrl }</code>{ ' ' }
					{ answer && (
						<Pill word={ _x( 'Reachable', 'whether the backend answers', 'email-gateway' ) } tone="good" />
					) }
					{ problem && <Pill word={ __( 'Not usable', 'email-gateway' ) } tone="bad" /> }
					{ ! answer && ! problem && <Spinner /> }
				</dd>
				{ answer && (
					<>
						<dt>{ __( 'Paired as', 'email-gateway' ) }</dt>
						<dd>{ `${ answer.siteUrl } · ${ fullTime( answer.pairedAt ) }` }</dd>
						<dt>{ __( 'Key of this site', 'email-gateway' ) }</dt>
						<dd>
							<code>{ state.fingerprint }</code>
						</dd>
						<dt>{ _x( 'Version', 'of a program', 'email-gateway' ) }</dt>
						<dd>{ answer.version }</dd>
						<dt>{ _x( 'Database', 'of the backend', 'email-gateway' ) }</dt>
						<dd>
							{ answer.database === 'postgresql'
								? 'PostgreSQL'
								: _x( 'embedded', 'database', 'email-gateway' ) }
						</dd>
						<dt>{ _x( 'Servers', 'of the backend', 'email-gateway' ) }</dt>
						<dd>{ answer.servers }</dd>
					</>
				) }
			</dl>
			{ answer?.servers === 0 && <p>{ noServersWords() }</p> }
			{ problem && ! ( state.moved && problem.code === 'site_moved' ) && (
				// that one is asked above, with its button
				<ProblemNotice problem={ problem } onRetry={ retry } />
			) }
		</>
	);
}

/** The backend tells nobody whether it knows another site like this one, so that this is said of all that begin. */
function noServersWords(): string {
	return __(
		'No server of this site is known to the backend yet. If there were any, the site was paired again without its former key or with another backend, and is a new one there. Then connect its servers and save its defaults again; the gateways on them keep working.',
		'email-gateway'
	);
}
