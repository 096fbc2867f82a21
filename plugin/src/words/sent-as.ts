import { __, sprintf } from '@wordpress/i18n';
import type { SentAs } from '@email-gateway/shared';

/** As whom a test email was sent, and by which account the mail of that user leaves. */
export function sentAsWords( { user, hasRoute, account }: SentAs ): string {
	if ( ! account ) {
		return sprintf(
			hasRoute
				? /* translators: %s: a Unix user */
				  __( 'Sent as %s. Its route has an account that you are not shown.', 'email-gateway' )
				: /* translators: %s: a Unix user */
				  __(
						'Sent as %s, which has no route: its mail leaves by the account of the gateway.',
						'email-gateway'
				  ),
			user
		);
	}
	const { name, userName, smtpServer } = account;
	if ( ! hasRoute ) {
		return sprintf(
			/* translators: 1: a Unix user, 2: user name at the provider, 3: host name of the provider */
			__(
				'Sent as %1$s, which has no route: its mail leaves by the account of the gateway, %2$s at %3$s.',
				'email-gateway'
			),
			...[ user, userName, smtpServer ]
		);
	}
	return name === null
		? sprintf(
				/* translators: 1: a Unix user, 2: user name at the provider, 3: host name of the provider */
				__( 'Sent as %1$s. Its route has a separate account: %2$s at %3$s.', 'email-gateway' ),
				...[ user, userName, smtpServer ]
		  )
		: sprintf(
				/* translators: 1: a Unix user, 2: name of an account, 3: user name at the provider, 4: host name of the provider */
				__( 'Sent as %1$s. Its route has the account %2$s: %3$s at %4$s.', 'email-gateway' ),
				...[ user, name, userName, smtpServer ]
		  );
}

/** Where the account of a route is changed. */
export const changeRouteWords = (): string =>
	__( 'Press Change Route under Sites on This Server to change this account.', 'email-gateway' );
