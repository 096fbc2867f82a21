import { __, _n, sprintf } from '@wordpress/i18n';
import type { JobResult } from '@email-gateway/shared';
import { savedMailWords } from '../words/saved-mail.ts';

type InstallResult = Extract< JobResult, { verb: 'install_gateway' } >;
type DeliverResult = Extract< JobResult, { verb: 'deliver_waiting_mail' } >;
type FormerResult = Extract< JobResult, { verb: 'deliver_former_mail' } >;
type RemoveResult = Extract< JobResult, { verb: 'remove_gateway' } >;

const deliveredWords = ( count: number ) =>
	sprintf(
		/* translators: %d: number of messages */
		_n( '%d waiting message delivered.', '%d waiting messages delivered.', count, 'email-gateway' ),
		count
	);

const waitingWords = ( count: number ) =>
	sprintf(
		/* translators: %d: number of messages */
		_n( '%d message is still waiting.', '%d messages are still waiting.', count, 'email-gateway' ),
		count
	);

/** What became of the mail that waited, after Deliver Waiting Mail. */
export function deliveredSentences( { choice, delivered, stillWaiting, older }: DeliverResult ): string[] {
	const held = sprintf(
		/* translators: %d: number of messages */
		_n(
			'%d older message stays on hold. It never expires; Deliver Waiting Mail asks about it again.',
			'%d older messages stay on hold. They never expire; Deliver Waiting Mail asks about them again.',
			older,
			'email-gateway'
		),
		older
	);
	const sentences = [
		...( delivered > 0 ? [ deliveredWords( delivered ) ] : [] ),
		...( stillWaiting > 0
			? [
					waitingWords( stillWaiting ),
					__( 'Send a test email to see what the provider says now.', 'email-gateway' ),
			  ]
			: [] ),
		...( choice === 'hold' && older > 0 ? [ held ] : [] ),
	];
	return sentences.length > 0
		? sentences
		: [
				__(
					'Nothing waited that could be delivered. Mail that was held by hand stays on hold.',
					'email-gateway'
				),
		  ];
}

/** What became of the mail of the former mail system, after Deliver Former Mail. */
export function formerSentences( { handed, notices, refused, said, left }: FormerResult ): string[] {
	const handedOver = sprintf(
		/* translators: %d: number of messages */
		_n(
			'%d message was handed to the gateway, which delivers it now.',
			'%d messages were handed to the gateway, which delivers them now.',
			handed,
			'email-gateway'
		),
		handed
	);
	const stay = sprintf(
		/* translators: %d: number of messages */
		_n(
			'%d message stays in the queue of the former mail system.',
			'%d messages stay in the queue of the former mail system.',
			left,
			'email-gateway'
		),
		left
	);
	const ofThose = sprintf(
		/* translators: 1: number of notices, 2: number of messages */
		__( 'Of those, notices of failed delivery: %1$d; not readable or refused by Postfix: %2$d.', 'email-gateway' ),
		notices,
		refused
	);
	return [
		handed > 0 ? handedOver : __( 'Nothing was handed over.', 'email-gateway' ),
		...( left > 0 ? [ stay ] : [] ),
		...( left > 0 && notices + refused > 0 ? [ ofThose ] : [] ),
		/* translators: %s: words of Postfix */
		...( said ? [ sprintf( __( 'Postfix said: %s', 'email-gateway' ), said ) ] : [] ),
	];
}

/** How an install ended, with what became of the mail that waited. */
export function installSentences( {
	alreadyRight,
	deliveredAfter,
	stillWaiting,
	savedQueue,
}: InstallResult ): string[] {
	const first = alreadyRight
		? __( 'Already up to date. No changes were needed.', 'email-gateway' )
		: __( 'Installed and checked. Send a test email to prove it.', 'email-gateway' );
	return [
		first,
		...( deliveredAfter > 0 ? [ deliveredWords( deliveredAfter ) ] : [] ),
		...( stillWaiting > 0 ? [ waitingWords( stillWaiting ) ] : [] ),
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
