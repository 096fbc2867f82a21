import { __, _n, sprintf } from '@wordpress/i18n';
import type { errorsAtTheDoor } from '@email-gateway/shared';
import { ofAccounts } from './errors-of-accounts.ts';
import { ofRoutes } from './errors-of-routes.ts';
import { forbiddenWords } from './forbidden.ts';
import type { Sentences, Words } from './failure.ts';
import { ofPanel } from './panel.ts';

const goToSettings = () =>
	__( 'An administrator pairs this site again under Settings → Email Gateway → Connection.', 'email-gateway' );
const tryAgain = () => __( 'Try again in a minute.', 'email-gateway' );

function notTrusted(): Words {
	return {
		happened: __( 'The backend no longer recognises this site.', 'email-gateway' ),
		todo: goToSettings(),
	};
}

/** Requests that were refused before anything began. */
export const atTheDoor: Sentences< keyof typeof errorsAtTheDoor > = {
	invalid_request: () => ( {
		happened: __( 'Some fields need another value.', 'email-gateway' ),
		todo: __( 'Correct these fields; each name leads to its field.', 'email-gateway' ),
	} ),
	password_required: () => ( {
		happened: __(
			'The saved password belongs to another SMTP Server, User Name or CA Certificate.',
			'email-gateway'
		),
		todo: __( 'Type the password for these values.', 'email-gateway' ),
	} ),
	sign_in_required: () => ( {
		happened: __( 'No password or key is saved for this host, SSH port and SSH user.', 'email-gateway' ),
		todo: __( 'Enter it, then press Check Connection again.', 'email-gateway' ),
	} ),
	no_defaults_saved: () => ( {
		happened: __( 'No default credentials are saved.', 'email-gateway' ),
		todo: __( 'Save them under Settings → Email Gateway, or type the values here.', 'email-gateway' ),
	} ),
	too_many_channels: ( { most } ) => ( {
		happened: sprintf(
			/* translators: %d: how many */
			_n(
				'There is %d channel already, and no more are possible.',
				'There are %d channels already, and no more are possible.',
				most,
				'email-gateway'
			),
			most
		),
		todo: __( 'Delete one that you no longer need.', 'email-gateway' ),
	} ),
	...ofAccounts,
	...ofRoutes,
	no_server_to_look_from: ( { keptBy } ) =>
		keptBy === 'wpclouddeploy'
			? {
					happened: ofPanel(
						__(
							/* translators: %s: name of a product */
							'%s keeps the keys of your servers, and lends one only on the screen of its server.',
							'email-gateway'
						)
					),
					todo: __(
						'Save the values here, then open a server and press Load Defaults and Check Settings there.',
						'email-gateway'
					),
			  }
			: {
					happened: __( 'There is no server to check from.', 'email-gateway' ),
					todo: __(
						'Connect a server and trust its host key, as a person who may manage the defaults; or check the values on the screen of a server.',
						'email-gateway'
					),
			  },
	not_found: () => ( {
		happened: __( 'The backend does not know this.', 'email-gateway' ),
		todo: __( 'Reload the page.', 'email-gateway' ),
	} ),
	forbidden: forbiddenWords,
	body_too_large: () => ( {
		happened: __( 'The values are too long to be sent.', 'email-gateway' ),
		todo: __( 'Shorten the CA Certificate or the private key to what is needed.', 'email-gateway' ),
	} ),
	too_many_requests: ( { waitingJobs, anHour } ) => {
		if ( waitingJobs !== undefined ) {
			return {
				happened: __( 'Too many jobs are waiting for this server.', 'email-gateway' ),
				todo: __( 'Wait until one of them has ended, then try again.', 'email-gateway' ),
			};
		}
		if ( anHour !== undefined ) {
			return {
				happened: __( 'You or others have asked for this too often within an hour.', 'email-gateway' ),
				todo: __( 'Try again in an hour.', 'email-gateway' ),
			};
		}
		return { happened: __( 'Too many requests in a short time.', 'email-gateway' ), todo: tryAgain() };
	},
	internal_error: () => ( {
		happened: __( 'The backend has an internal error.', 'email-gateway' ),
		todo: __( 'Try again. If this persists, see the backend’s log.', 'email-gateway' ),
	} ),
	not_ready: () => ( {
		happened: __( 'The backend is starting or stopping.', 'email-gateway' ),
		todo: tryAgain(),
	} ),
	audit_not_written: () => ( {
		happened: __( 'The backend could not record who asked for this, so nothing was done.', 'email-gateway' ),
		todo: __( 'The reason is in the backend’s log: ask the person who runs it, then try again.', 'email-gateway' ),
	} ),
	signature_missing: notTrusted,
	signature_invalid: notTrusted,
	signature_too_old: () => ( {
		happened: __( 'The clocks of this site and of the backend differ too much.', 'email-gateway' ),
		todo: __( 'Synchronise both clocks with a time server.', 'email-gateway' ),
	} ),
	signature_replayed: notTrusted,
	site_unknown: notTrusted,
	site_moved: () => ( {
		happened: __( 'This WordPress has another address than the one it was paired as.', 'email-gateway' ),
		todo: __(
			'If it moved, an administrator confirms that under Settings → Email Gateway → Connection. If it is a copy, pair it again.',
			'email-gateway'
		),
	} ),
	site_address_taken: () => ( {
		happened: __( 'Another site is paired with the backend at this address.', 'email-gateway' ),
		todo: __(
			'If that site is gone, ask the person who runs the backend to end its pairing, then press Confirm the Move again. If this is a copy, pair it again.',
			'email-gateway'
		),
	} ),
	site_key_expired: () => ( {
		happened: __( 'The key of this site has expired at the backend.', 'email-gateway' ),
		todo: goToSettings(),
	} ),
	site_revoked: () => ( {
		happened: __( 'The backend has ended the pairing with this site.', 'email-gateway' ),
		todo: goToSettings(),
	} ),
	pairing_code_invalid: () => ( {
		happened: __( 'The pairing code is missing or wrong.', 'email-gateway' ),
		todo: __( 'Copy the whole code, or print a new one on the backend.', 'email-gateway' ),
	} ),
	pairing_code_expired: () => ( {
		happened: __( 'This pairing code is older than 15 minutes.', 'email-gateway' ),
		todo: __( 'Print a new one on the backend.', 'email-gateway' ),
	} ),
	pairing_code_used_up: () => ( {
		happened: __( 'This pairing code was used, or tried too often.', 'email-gateway' ),
		todo: __( 'Print a new one on the backend.', 'email-gateway' ),
	} ),
	wrong_backend_address: ( { address } ) => ( {
		happened: sprintf(
			/* translators: %s: address of a backend */
			__( 'The backend that answered has another address: %s.', 'email-gateway' ),
			address
		),
		todo: __(
			'If that is your backend, enter this address and press Pair. If not, someone else may have answered: check the address you typed.',
			'email-gateway'
		),
	} ),
	connection_missing: () => ( {
		happened: __( 'It is not known yet how to reach this server.', 'email-gateway' ),
		todo: __( 'Fill in Server Connection and press Check Connection.', 'email-gateway' ),
	} ),
	host_key_not_trusted: () => ( {
		happened: __( 'The host key of this server is not trusted yet.', 'email-gateway' ),
		todo: __( 'Compare its fingerprint in Server Connection and press Trust This Host Key.', 'email-gateway' ),
	} ),
	fingerprint_mismatch: () => ( {
		happened: __( 'The server now shows a different host key from the one you compared.', 'email-gateway' ),
		todo: __( 'Press Check Connection and compare the fingerprint again.', 'email-gateway' ),
	} ),
	connection_supplied: () => ( {
		happened: ofPanel(
			/* translators: %s: name of a product */ __(
				'The connection of this server is kept by %s.',
				'email-gateway'
			)
		),
		todo: __( 'Change its address or key there, then press Check Connection.', 'email-gateway' ),
	} ),
	server_address_changed: () => ( {
		happened: ofPanel(
			/* translators: %s: name of a product */ __(
				'%s now has another address or user for this server.',
				'email-gateway'
			)
		),
		todo: __(
			'Someone who can edit the connection must run Check Connection in Server Connection and verify the host key again.',
			'email-gateway'
		),
	} ),
	connection_changed: () => ( {
		happened: __( 'The connection of this server was changed while the job was under way.', 'email-gateway' ),
		todo: __(
			'The job has ended, and nothing of the new connection was used for it. Check the server it was for, then start it again.',
			'email-gateway'
		),
	} ),
	account_not_shown: () => ( {
		happened: __( 'This server has a gateway whose account you are not shown.', 'email-gateway' ),
		todo: __(
			'Remove it under Email Gateway: Remove, then install one with your own settings, or ask an administrator of this site.',
			'email-gateway'
		),
	} ),
	record_not_genuine: () => ( {
		happened: __(
			'A record in the database of the backend was changed by something other than the backend, so it is not used.',
			'email-gateway'
		),
		todo: __(
			'Nothing was sent. Save the connection, the settings or the defaults again with their passwords, and find out who can write to that database.',
			'email-gateway'
		),
	} ),
	gateway_not_installed: () => ( {
		happened: __( 'No Email Gateway is installed on this server.', 'email-gateway' ),
		todo: __( 'Install it first.', 'email-gateway' ),
	} ),
	gateway_still_installed: () => ( {
		happened: __( 'The gateway on this server still uses these credentials.', 'email-gateway' ),
		todo: __( 'Press Remove Email Gateway first.', 'email-gateway' ),
	} ),
	too_late_to_cancel: () => ( {
		happened: __( 'Too late to cancel: the change is already complete.', 'email-gateway' ),
		todo: __( 'Wait until it ends.', 'email-gateway' ),
	} ),
	queue_read_again: () => ( {
		happened: __( 'Nothing was done: the queue was read again since this list was shown.', 'email-gateway' ),
		todo: __( 'Press Read Queue, then choose again.', 'email-gateway' ),
	} ),
	queue_selection_empty: () => ( {
		happened: __( 'Nothing was done: none of these messages is in the list.', 'email-gateway' ),
		todo: __( 'Press Read Queue, then choose again.', 'email-gateway' ),
	} ),
	job_already_ended: () => ( {
		happened: __( 'It had already ended.', 'email-gateway' ),
		todo: __( 'Reload the page to see its result.', 'email-gateway' ),
	} ),
};
