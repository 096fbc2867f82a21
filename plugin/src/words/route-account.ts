import { __, sprintf } from '@wordpress/i18n';
import type { Cause, WayOfRoute } from '@email-gateway/shared';

type Account = WayOfRoute[ 'account' ];

/** Whose mail leaves by which account, where that is not the gateway's own. */
export function wayWords( { user, account }: WayOfRoute ): string {
	if ( ! account ) {
		return sprintf(
			/* translators: %s: a Unix user */
			__( 'It is mail of the user %s, whose route has an account that you are not shown.', 'email-gateway' ),
			user
		);
	}
	return account.name === null
		? sprintf(
				/* translators: 1: a Unix user, 2: host name of the provider */
				__( 'It is mail of the user %1$s, whose route has a separate account at %2$s.', 'email-gateway' ),
				user,
				account.smtpServer
		  )
		: sprintf(
				/* translators: 1: a Unix user, 2: name of an account, 3: host name of the provider */
				__( 'It is mail of the user %1$s, whose route has the account “%2$s” at %3$s.', 'email-gateway' ),
				...[ user, account.name, account.smtpServer ]
		  );
}

/** What a new password or an app password helps against. */
const ofPassword: readonly Cause[] = [ 'wrong_credentials', 'app_password_required', 'login_refused' ];
/** What another SMTP Server or SMTP Port may help against. */
const ofServer: readonly Cause[] = [
	...( [ 'port_closed', 'port_blocked', 'name_not_found', 'greeting_timed_out', 'starttls_not_offered' ] as const ),
	...( [ 'tls_handshake_failed', 'tls_mode_unexpected', 'tls_timed_out', 'not_smtp', 'loops_to_itself' ] as const ),
	...( [ 'certificate_self_signed', 'certificate_wrong_name', 'certificate_untrusted' ] as const ),
];

/**
 * What to do about the account of a route, which is not in the form of the gateway; null: what is done about any.
 *
 * @param account name null: one of this route alone; null as a whole: not shown
 */
export function routeAccountTodo( cause: Cause, account: Account ): string | null {
	if ( ! ofPassword.includes( cause ) && ! ofServer.includes( cause ) ) {
		return null;
	}
	if ( ! account ) {
		return __( 'An administrator can correct it in the accounts; what waits is delivered then.', 'email-gateway' );
	}
	if ( account.name === null ) {
		return __(
			'Press Change Route under Sites on This Server, and enter this account again: what waits is delivered.',
			'email-gateway'
		);
	}
	return ofPassword.includes( cause )
		? __(
				'Type its new password under Settings → Email Gateway → Accounts, press Check Settings, then Update Servers: what waits is delivered.',
				'email-gateway'
		  )
		: __(
				'Check its SMTP Server and SMTP Port under Settings → Email Gateway → Accounts, press Check Settings, then Update Servers: what waits is delivered.',
				'email-gateway'
		  );
}
