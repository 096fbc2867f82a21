import { __ } from '@wordpress/i18n';
import type { Cause } from '@email-gateway/shared';
import type { CauseWords, CauseDetail } from './causes-of-providers.ts';

const reinstall = () => __( 'Press Reinstall Email Gateway.', 'email-gateway' );

/** What is wrong on this server, on the way, or with a message made here. */
export const ofThisServer = {
	helo_refused: () => ( {
		happened: __( 'The provider does not accept the name this server gives in EHLO.', 'email-gateway' ),
		todo: __(
			'Give this server a full host name that exists in DNS, then press Reinstall Email Gateway.',
			'email-gateway'
		),
	} ),
	tls_required: () => ( {
		happened: __(
			'The provider requires an encrypted connection, and this message was sent without one.',
			'email-gateway'
		),
		todo: reinstall(),
	} ),
	sender_malformed: () => ( {
		happened: __( 'The sender of this message is not a valid email address.', 'email-gateway' ),
		todo: __( 'Correct the From address in the site that sent it.', 'email-gateway' ),
	} ),
	message_malformed: () => ( {
		happened: __(
			'The message breaks the rules for email: a header is missing or wrong, or a line is too long.',
			'email-gateway'
		),
		todo: __(
			'The reply names the fault; correct it in the plugin or program that makes the message.',
			'email-gateway'
		),
	} ),
	sasl_missing: () => ( {
		happened: __(
			'Postfix on this server cannot sign in: the package libsasl2-modules is missing.',
			'email-gateway'
		),
		todo: __( 'Press Reinstall Email Gateway: it installs the package.', 'email-gateway' ),
	} ),
	root_store_missing: () => ( {
		happened: __(
			'This server cannot verify any certificate: its root certificates are missing or damaged. No password was sent.',
			'email-gateway'
		),
		todo: __( 'Reinstall the package ca-certificates on the server; the provider is fine.', 'email-gateway' ),
	} ),
	tlsproxy_missing: () => ( {
		happened: __(
			'Postfix on this server has lost its TLS service (tlsproxy). No password was sent.',
			'email-gateway'
		),
		todo: __( 'Press Reinstall Email Gateway: it restores the service.', 'email-gateway' ),
	} ),
	own_postfix_failed: () => ( {
		happened: __( 'Postfix on this server failed before the provider could answer.', 'email-gateway' ),
		todo: __( 'Press Reinstall Email Gateway; if it fails again, read the server’s mail log.', 'email-gateway' ),
	} ),
	loops_to_itself: () => ( {
		happened: __( 'SMTP Server is this server itself, so mail would loop.', 'email-gateway' ),
		todo: __( 'Enter the provider’s server as SMTP Server.', 'email-gateway' ),
	} ),
	not_smtp: () => ( {
		happened: __( 'Something answers at SMTP Server and SMTP Port, but it is not a mail server.', 'email-gateway' ),
		todo: __( 'Check SMTP Server and SMTP Port: providers use 587, 465 or 2525.', 'email-gateway' ),
	} ),
	tls_too_old: () => ( {
		happened: __(
			'The provider’s encryption is too old or too weak to be safe. No password was sent.',
			'email-gateway'
		),
		todo: __( 'The port is right. Ask the provider for a server with TLS 1.2 or newer.', 'email-gateway' ),
	} ),
	tls_timed_out: () => ( {
		happened: __(
			'The encrypted connection could not be set up: packets are lost on the way. No password was sent.',
			'email-gateway'
		),
		todo: __(
			'Try another port of the provider, and ask the cloud about its firewall and packet size (MTU).',
			'email-gateway'
		),
	} ),
	settings_changed_by_hand: () => ( {
		happened: __(
			'The configuration on this server was changed by hand: mail no longer goes where Settings says.',
			'email-gateway'
		),
		todo: __( 'Press Reinstall Email Gateway to restore it.', 'email-gateway' ),
	} ),
	not_through_gateway: () => ( {
		happened: __( 'This message did not go through the provider in Settings.', 'email-gateway' ),
		todo: __( 'Press Reinstall Email Gateway; another program may have changed how mail leaves.', 'email-gateway' ),
	} ),
	sandbox: () => ( {
		happened: __( 'The sandbox of this server kept the message.', 'email-gateway' ),
		todo: __(
			'To try the provider, turn off the sandbox, or choose there that one mailbox gets all mail.',
			'email-gateway'
		),
	} ),
} satisfies Partial< Record< Cause, ( detail: CauseDetail ) => CauseWords > >;
