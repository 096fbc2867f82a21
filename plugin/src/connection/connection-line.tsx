import { __, _x, sprintf } from '@wordpress/i18n';
import type { ConnectionView } from '@email-gateway/shared';
import { fullTime, relativeTime } from '../words/time.ts';

const rights: Record< NonNullable< ConnectionView[ 'lastLook' ] >[ 'asRoot' ], () => string > = {
	root: () => _x( 'root', 'rights', 'email-gateway' ),
	sudo: () => _x( 'sudo', 'rights', 'email-gateway' ),
	sudo_password: () => __( 'sudo with password', 'email-gateway' ),
};

const support: Record< NonNullable< ConnectionView[ 'lastLook' ] >[ 'support' ], () => string > = {
	tested: () => '',
	untested: () => __( '(supported, but not among the systems our tests run on)', 'email-gateway' ),
	unsupported: () => __( '(no gateway can be installed on this system)', 'email-gateway' ),
};

/** What the last successful look at the server said. */
export function ConnectionLine( { connection }: { connection: ConnectionView | null } ) {
	if ( ! connection ) {
		return <span className="email-gateway-quiet">{ __( 'Not connected yet.', 'email-gateway' ) }</span>;
	}
	const { lastLook, hostKey, host } = connection;
	const trusted =
		hostKey?.state === 'trusted' && hostKey.trustedAt
			? sprintf(
					/* translators: 1: fingerprint of a key, 2: date and time, 3: login of a person */
					__( 'host key %1$s trusted %2$s by %3$s', 'email-gateway' ),
					hostKey.fingerprint,
					fullTime( hostKey.trustedAt ),
					hostKey.trustedBy ?? '?'
			  )
			: null;
	if ( ! lastLook || hostKey?.state !== 'trusted' ) {
		return <span className="email-gateway-quiet">{ [ host, trusted ].filter( Boolean ).join( ' · ' ) }</span>;
	}
	const system = `${ lastLook.system } ${ support[ lastLook.support ]() }`.trim();
	return (
		<span className="email-gateway-line">
			<span className="email-gateway-good" aria-hidden="true">
				✓
			</span>{ ' ' }
			{ [ host, system, rights[ lastLook.asRoot ](), trusted ].filter( Boolean ).join( ' · ' ) }{ ' ' }
			<span className="email-gateway-quiet" title={ fullTime( lastLook.at ) }>
				{ `(${ relativeTime( lastLook.at ) })` }
			</span>
		</span>
	);
}
