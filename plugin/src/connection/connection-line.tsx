import { __, _x, sprintf } from '@wordpress/i18n';
import type { ConnectionView } from '@email-gateway/shared';
import { may } from '../page.ts';
import { fullTime, relativeTime } from '../words/time.ts';

const rights: Record< NonNullable< ConnectionView[ 'lastLook' ] >[ 'asRoot' ], () => string > = {
	root: () => _x( 'root', 'rights', 'email-gateway' ),
	sudo: () => _x( 'sudo', 'rights', 'email-gateway' ),
	sudo_password: () => _x( 'sudo with password', 'rights', 'email-gateway' ),
};

const support: Record< NonNullable< ConnectionView[ 'lastLook' ] >[ 'support' ], ( system: string ) => string > = {
	tested: ( system ) => system,
	untested: ( system ) =>
		/* translators: %s: an operating system */
		sprintf( __( '%s (supported, but not among the systems our tests run on)', 'email-gateway' ), system ),
	unsupported: ( system ) =>
		/* translators: %s: an operating system */
		sprintf( __( '%s (no gateway can be installed on this system)', 'email-gateway' ), system ),
};

/** What the last successful look at the server said, and on a line of its own which host key is trusted. */
export function ConnectionLine( { connection }: { connection: ConnectionView | null } ) {
	if ( ! connection ) {
		return <span className="email-gateway-quiet">{ __( 'Not connected yet.', 'email-gateway' ) }</span>;
	}
	const { lastLook, hostKey, host } = connection;
	if ( hostKey?.state !== 'trusted' ) {
		return <span className="email-gateway-quiet">{ host }</span>;
	}
	return (
		<span className="email-gateway-connected">
			{ lastLook ? (
				<span className="email-gateway-line">
					<span className="email-gateway-good" aria-hidden="true">
						✓
					</span>{ ' ' }
					{ host } · { support[ lastLook.support ]( lastLook.system ) } · { rights[ lastLook.asRoot ]() }
					{ ' · ' }
					<span className="email-gateway-quiet" title={ fullTime( lastLook.at ) }>
						{ sprintf(
							/* translators: %s: for example "2 minutes ago" */
							_x( 'checked %s', 'connection to a server', 'email-gateway' ),
							relativeTime( lastLook.at )
						) }
					</span>
				</span>
			) : (
				<span className="email-gateway-quiet">{ host }</span>
			) }
			{ /* who may not change the connection has nothing to compare it with */ }
			{ may( 'change_connection' ) && <TrustedKey hostKey={ hostKey } /> }
		</span>
	);
}

function TrustedKey( { hostKey }: { hostKey: NonNullable< ConnectionView[ 'hostKey' ] > } ) {
	return hostKey.trustedAt ? (
		<small className="email-gateway-quiet">
			{ sprintf(
				/* translators: 1: fingerprint of a key, 2: date and time, 3: login of a person */
				__( 'Host key %1$s, trusted on %2$s by %3$s.', 'email-gateway' ),
				hostKey.fingerprint,
				fullTime( hostKey.trustedAt ),
				hostKey.trustedBy ?? '?'
			) }
		</small>
	) : null;
}
