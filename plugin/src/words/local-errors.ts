import { __ } from '@wordpress/i18n';
import type { LocalCode } from '../api/problem.ts';
import type { Words } from './failure.ts';
import { ofPanel } from './panel.ts';

/** What went wrong on the way to the backend. */
const sentences: Record< LocalCode, () => Words > = {
	not_paired: () => ( {
		happened: __( 'This site is not paired with a backend yet.', 'email-gateway' ),
		todo: __( 'An administrator does that under Settings → Email Gateway → Connection.', 'email-gateway' ),
	} ),
	connection_not_supplied: () => ( {
		happened: ofPanel(
			/* translators: %s: name of a product */ __(
				'%s has no address or no SSH key for this server.',
				'email-gateway'
			)
		),
		todo: ofPanel(
			__(
				/* translators: %s: name of a product */
				'Check the server there, and the SSH key of its provider in the settings of %s.',
				'email-gateway'
			)
		),
	} ),
	nothing_to_import: () => ( {
		happened: ofPanel(
			/* translators: %s: name of a product */ __(
				'%s no longer has the mail settings that were to be taken over.',
				'email-gateway'
			)
		),
		todo: __( 'Reload the page.', 'email-gateway' ),
	} ),
	backend_unreachable: () => ( {
		happened: __( 'The backend does not answer.', 'email-gateway' ),
		mail: __( 'Mail delivery is not affected.', 'email-gateway' ),
		todo: __(
			'Try again in a minute; what you typed is kept. If this persists, check that the backend is running.',
			'email-gateway'
		),
	} ),
	backend_refused: () => ( {
		happened: __( 'The backend does not recognise this site.', 'email-gateway' ),
		todo: __(
			'An administrator pairs this site again under Settings → Email Gateway → Connection.',
			'email-gateway'
		),
	} ),
	backend_address_refused: () => ( {
		happened: __( 'This backend address cannot be used.', 'email-gateway' ),
		todo: __( 'It begins with https://; plain http is for the same machine only.', 'email-gateway' ),
	} ),
	key_in_database: () => ( {
		happened: __(
			'A copy of the database would give away the key of this site, so it was not paired.',
			'email-gateway'
		),
		todo: __(
			'Put the line that Tools → Site Health shows under Email Gateway into wp-config.php, then press Pair.',
			'email-gateway'
		),
	} ),
	offline: () => ( {
		happened: __( 'Your browser does not reach this site.', 'email-gateway' ),
		todo: __( 'Check your internet connection, then press Retry.', 'email-gateway' ),
	} ),
	timed_out: () => ( {
		happened: __( 'No answer came in time.', 'email-gateway' ),
		todo: __( 'Press Retry. What was started continues without this page.', 'email-gateway' ),
	} ),
	signed_out: () => ( {
		happened: __( 'You are no longer logged in.', 'email-gateway' ),
		todo: __(
			'Log in again in another tab, then press the button again. What you typed is kept.',
			'email-gateway'
		),
	} ),
	not_allowed: () => ( {
		happened: __( 'You may not do this with this server.', 'email-gateway' ),
		todo: __( 'Ask an administrator of this site.', 'email-gateway' ),
	} ),
	not_understood: () => ( {
		happened: __( 'This site sent an unexpected answer.', 'email-gateway' ),
		todo: __( 'Reload the page. A security plugin that stops the REST API can be the cause.', 'email-gateway' ),
	} ),
	unknown_failure: () => ( {
		happened: __( 'Something unexpected went wrong.', 'email-gateway' ),
		todo: __( 'Reload the page and try again.', 'email-gateway' ),
	} ),
};

export function localErrorWords( code: LocalCode ): Words {
	return sentences[ code ]();
}
