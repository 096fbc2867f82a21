import { __, _x, sprintf } from '@wordpress/i18n';
import type { errorsAtTheServer } from '@email-gateway/shared';
import type { Sentences } from './failure.ts';
import { listed } from './listed.ts';
import { keyWords } from './private-key.ts';
import { sudoWords } from './sudo.ts';

const lookAtAddress = () =>
	__( 'Check “Host” and “SSH Port”, and any firewall in front of the server.', 'email-gateway' );

/** The server could not be reached or used. */
export const atTheServer: Sentences< keyof typeof errorsAtTheServer > = {
	server_address_refused: () => ( {
		happened: __( 'The backend may not connect to this address.', 'email-gateway' ),
		todo: __(
			'Use the public address of the server. Private networks are allowed one by one in the backend’s configuration.',
			'email-gateway'
		),
	} ),
	server_name_not_found: () => ( {
		happened: __( 'No server has the name given as “Host”.', 'email-gateway' ),
		todo: __( 'Check “Host” for typos, or use the IP address.', 'email-gateway' ),
	} ),
	server_unreachable: () => ( {
		happened: __( 'The server refuses the connection.', 'email-gateway' ),
		todo: lookAtAddress(),
	} ),
	server_timed_out: () => ( {
		happened: __( 'The server does not answer.', 'email-gateway' ),
		todo: lookAtAddress(),
	} ),
	ssh_not_spoken: () => ( {
		happened: __( 'Something answers at this port, but it does not speak SSH.', 'email-gateway' ),
		todo: __( 'Check SSH Port.', 'email-gateway' ),
	} ),
	ssh_nothing_in_common: () => ( {
		happened: __( 'The server’s SSH service accepts none of the methods that the backend knows.', 'email-gateway' ),
		todo: __(
			'It is either very old or restricted by hand: check KexAlgorithms, HostKeyAlgorithms, Ciphers and MACs in its sshd_config. Its reply is below.',
			'email-gateway'
		),
		leadsBelow: true,
	} ),
	ssh_server_busy: () => ( {
		happened: __( 'The server has too many SSH connections at the moment.', 'email-gateway' ),
		todo: __(
			'Try again in a minute. If the problem continues, raise MaxStartups in its sshd_config, or keep strangers off its SSH port.',
			'email-gateway'
		),
	} ),
	ssh_refused_for_now: () => ( {
		happened: __(
			'The server’s SSH service accepts no connection from the backend at the moment.',
			'email-gateway'
		),
		todo: __(
			'It blocks an address for some minutes after failed sign-ins, or has too many connections. Check SSH User and the key, wait ten minutes, then try again. PerSourcePenaltyExemptList and MaxStartups in its sshd_config change this.',
			'email-gateway'
		),
	} ),
	host_key_unknown: () => ( {
		happened: __( 'First connection to this server. Confirm its host key to continue.', 'email-gateway' ),
		todo: __( 'Compare the fingerprint, then press Trust This Host Key.', 'email-gateway' ),
	} ),
	host_key_changed: () => ( {
		happened: __(
			'The server shows a different host key from the trusted one. Everything was stopped.',
			'email-gateway'
		),
		todo: __(
			'If the server was not reinstalled, another machine may be in between. Compare the fingerprint on the server’s own console.',
			'email-gateway'
		),
	} ),
	sign_in_refused: ( { reason } ) =>
		reason === 'no_shell'
			? {
					happened: __( 'The sign-in worked, but the server ran nothing for this user.', 'email-gateway' ),
					todo: __(
						'A start file such as .bashrc ends the session (“exit”), or the account allows one command only. Fix that on the server, or use another SSH User.',
						'email-gateway'
					),
			  }
			: {
					happened: __( 'The server rejected the SSH login.', 'email-gateway' ),
					todo: __(
						'Check SSH User; run the line for the key on the server, or type the password again.',
						'email-gateway'
					),
			  },
	private_key_unreadable: keyWords,
	sudo_password_required: () => ( {
		happened: __( 'On this server, sudo asks for a password.', 'email-gateway' ),
		todo: __( 'Type the sudo password, or sign in as root.', 'email-gateway' ),
	} ),
	sudo_refused: sudoWords,
	session_refused: () => ( {
		happened: __( 'The server accepts the sign-in, but its SSH service opens no session.', 'email-gateway' ),
		todo: __(
			'Set MaxSessions in its sshd_config to 1 or more (10 is usual), reload sshd, then try again.',
			'email-gateway'
		),
	} ),
	connection_lost: () => ( {
		happened: __( 'The connection to the server was lost.', 'email-gateway' ),
		todo: __( 'Try again: the server is checked and repaired before anything else.', 'email-gateway' ),
	} ),
	server_answer_not_understood: () => ( {
		happened: __( 'The server sent an unexpected answer.', 'email-gateway' ),
		todo: __( 'Check whether a login script on the server prints text or stops the shell.', 'email-gateway' ),
	} ),
	system_unsupported: ( { found } ) => ( {
		happened: sprintf(
			/* translators: %s: name of an operating system */
			__( 'This system is not supported: %s.', 'email-gateway' ),
			found || _x( 'unknown', 'value', 'email-gateway' )
		),
		todo: __( 'Supported are Debian 11 and later and Ubuntu 22.04 and later.', 'email-gateway' ),
	} ),
	panel_found: ( { found } ) => ( {
		happened: sprintf(
			/* translators: %s: name of a hosting control panel */
			__( 'A control panel manages the mail of this server: %s.', 'email-gateway' ),
			listed( found )
		),
		todo: __( 'Set up the mail relay in that panel: ours would conflict with it.', 'email-gateway' ),
	} ),
	port_25_taken: ( { program, address } ) => ( {
		happened: sprintf(
			/* translators: 1: name of a program, 2: an address, e.g. 127.0.0.1 */
			__( 'Another program, %1$s, listens on port 25 of %2$s. Postfix needs it there.', 'email-gateway' ),
			program,
			address
		),
		todo: __(
			'Stop that program, or let it listen on another address of the server, then try again. Nothing was changed.',
			'email-gateway'
		),
	} ),
	foreign_postfix: ( { found } ) => ( {
		happened: sprintf(
			/* translators: %s: list of configuration values found on the server */
			__( 'Postfix on this server already has a custom configuration: %s.', 'email-gateway' ),
			listed( found )
		),
		todo: __(
			'If that configuration is not needed, Install Anyway replaces it. Remove restores it.',
			'email-gateway'
		),
	} ),
	managed_by_another_site: ( { isCopy, sameSite, siteUrl } ) =>
		isCopy
			? {
					happened: __(
						'This server is a copy of another one that has a gateway, and sends with the password of that gateway.',
						'email-gateway'
					),
					todo: __(
						'Install Anyway gives this server its own gateway. Mail that waited when it was copied may arrive twice.',
						'email-gateway'
					),
			  }
			: sameSite
			? {
					happened: __( 'This server is already managed here, in another entry.', 'email-gateway' ),
					todo: __(
						'Use that entry. If it no longer exists, Install Anyway takes the server over.',
						'email-gateway'
					),
			  }
			: {
					happened: sprintf(
						/* translators: %s: address of another WordPress site */
						__( 'Another site manages the gateway of this server: %s.', 'email-gateway' ),
						siteUrl || _x( 'unknown', 'value', 'email-gateway' )
					),
					todo: __( 'Remove it there, or take it over here with Install Anyway.', 'email-gateway' ),
			  },
	state_folder_foreign: () => ( {
		happened: __( 'The folder /var/lib/email-gateway on this server does not belong to root.', 'email-gateway' ),
		todo: __(
			'It is a link, a file or another user’s folder, and not ours. Move it away on the server, then try again.',
			'email-gateway'
		),
	} ),
	server_busy: () => ( {
		happened: __( 'Another change is running on the server.', 'email-gateway' ),
		todo: __( 'Try again when it has finished.', 'email-gateway' ),
	} ),
};
