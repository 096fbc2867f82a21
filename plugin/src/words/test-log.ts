import { __ } from '@wordpress/i18n';
import type { DetailOf, TestLogReason } from '@email-gateway/shared';
import type { Words } from './failure.ts';
import { oneOf } from './one-of.ts';

const pressReinstall = () =>
	__( 'Press Reinstall Email Gateway: it sets up the mail log again. Then send the test email.', 'email-gateway' );

/** The sentences of test_not_found_in_log: with the first two reasons no test email was sent. */
const sentences: Record< TestLogReason, () => Words > = {
	no_log: () => ( {
		happened: __( 'Postfix keeps no separate mail log on this server.', 'email-gateway' ),
		mail: __( 'No test email was sent, because its outcome could not have been seen.', 'email-gateway' ),
		todo: pressReinstall(),
	} ),
	forgeable_log: () => ( {
		happened: __( 'Every user of this server can write into the mail log, so it proves nothing.', 'email-gateway' ),
		mail: __( 'No test email was sent.', 'email-gateway' ),
		todo: __(
			'Run “chmod g-s $(command -v postlog)” on the server, then send the test email again.',
			'email-gateway'
		),
	} ),
	gone: () => ( {
		happened: __(
			'The test email has left the server’s queue, and its mail log does not say how.',
			'email-gateway'
		),
		mail: __( 'It does not wait on the server. It was probably delivered.', 'email-gateway' ),
		todo: __(
			'Check the mailbox. If /var/log on the server is full, free some space, then send the test email again.',
			'email-gateway'
		),
	} ),
	unseen: () => ( {
		happened: __( 'The server’s mail log said nothing about the test email in time.', 'email-gateway' ),
		mail: __( 'It may still be delivered.', 'email-gateway' ),
		todo: __( 'Try again. If the problem continues, press Reinstall Email Gateway.', 'email-gateway' ),
	} ),
};

export const testLogWords = ( { reason }: DetailOf< 'test_not_found_in_log' > ): Words =>
	sentences[ oneOf( sentences, reason ) ?? 'unseen' ]();
