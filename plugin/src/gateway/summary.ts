import { __, _x, sprintf } from '@wordpress/i18n';
import type { ServerView } from '@email-gateway/shared';
import { relativeTime } from '../words/time.ts';
import { isInstalled } from './section.ts';

/** `smtp.example.com:587 as me · proved 2 minutes ago`; '' before anything is installed. */
export function summaryOf( view: ServerView, nowMs = Date.now() ): string {
	const { lastTest } = view.gateway;
	if ( ! isInstalled( view ) ) {
		return '';
	}
	const account = accountOf( view.gateway );
	if ( lastTest?.outcome !== 'accepted' ) {
		return account;
	}
	/* translators: 1: account, 2: for example "2 minutes ago" */
	return sprintf(
		_x( '%1$s · proved %2$s', 'account and time of the last test', 'email-gateway' ),
		account,
		relativeTime( lastTest.at, nowMs )
	);
}

function accountOf( { installed, included }: ServerView[ 'gateway' ] ): string {
	if ( ! installed ) {
		return included === 'in_use' || included === 'withdrawn'
			? __( 'The included gateway', 'email-gateway' )
			: __( 'The gateway of the former owner', 'email-gateway' );
	}
	const { smtpServer, smtpPort, userName } = installed.settings;
	/* translators: 1: host and port, 2: user name */
	return sprintf(
		_x( '%1$s as %2$s', 'server and user name', 'email-gateway' ),
		`${ smtpServer }:${ smtpPort }`,
		userName
	);
}
