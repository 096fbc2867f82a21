import { __, _n, sprintf } from '@wordpress/i18n';
import type { JobResult } from '@email-gateway/shared';
import { savedMailWords } from '../words/saved-mail.ts';

type InstallResult = Extract< JobResult, { verb: 'install_gateway' } >;
type RemoveResult = Extract< JobResult, { verb: 'remove_gateway' } >;

/** How an install ended, with what became of the mail that waited. */
export function installSentences( {
	alreadyRight,
	deliveredAfter,
	stillWaiting,
	savedQueue,
}: InstallResult ): string[] {
	const first = alreadyRight
		? __( 'The server was already right: nothing was changed.', 'email-gateway' )
		: __( 'Installed and checked. Send a test email to prove it.', 'email-gateway' );
	const delivered = sprintf(
		/* translators: %d: number of messages */
		_n( '%d waiting message delivered.', '%d waiting messages delivered.', deliveredAfter, 'email-gateway' ),
		deliveredAfter
	);
	const waiting = sprintf(
		/* translators: %d: number of messages */
		_n( '%d message is still waiting.', '%d messages are still waiting.', stillWaiting, 'email-gateway' ),
		stillWaiting
	);
	return [
		first,
		...( deliveredAfter > 0 ? [ delivered ] : [] ),
		...( stillWaiting > 0 ? [ waiting ] : [] ),
		...( savedQueue ? [ savedMailWords( savedQueue ) ] : [] ),
	];
}

/** How a removal ended. */
export function removedSentences( { restored, savedQueue }: RemoveResult ): string[] {
	const first = restored
		? /* translators: %s: name of a mail system, e.g. exim4 */
		  sprintf(
				__( 'Removed. %s is back as it was; the credentials are deleted on the server.', 'email-gateway' ),
				restored
		  )
		: __( 'Removed. The server is as it was before; the credentials are deleted there.', 'email-gateway' );
	return savedQueue ? [ first, savedMailWords( savedQueue ) ] : [ first ];
}
