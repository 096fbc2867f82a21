import { __, _n, _x, sprintf } from '@wordpress/i18n';
import type { JobResult, QueueAction } from '@email-gateway/shared';
import { wholeNumber } from './numbers.ts';

type QueueResult = Extract< JobResult, { verb: 'change_queue' } >;

const counted = ( words: string, count: number ) => sprintf( words as '%s', wholeNumber( count ) );

/** The buttons. */
export const actionWords: Record< QueueAction, () => string > = {
	retry: () => __( 'Retry Now', 'email-gateway' ),
	hold: () => _x( 'Hold', 'button', 'email-gateway' ),
	release: () => _x( 'Release', 'button', 'email-gateway' ),
	delete: () => _x( 'Delete', 'button', 'email-gateway' ),
};

const changed: Record< QueueAction, ( count: number ) => string > = {
	retry: ( count ) =>
		counted(
			/* translators: %s: number of messages */
			_n( '%s message is tried now.', '%s messages are tried now.', count, 'email-gateway' ),
			count
		),
	hold: ( count ) =>
		counted(
			_n(
				/* translators: %s: number of messages */
				'%s message is on hold until someone releases it.',
				'%s messages are on hold until someone releases them.',
				count,
				'email-gateway'
			),
			count
		),
	release: ( count ) =>
		counted(
			/* translators: %s: number of messages */
			_n( '%s message was released.', '%s messages were released.', count, 'email-gateway' ),
			count
		),
	delete: ( count ) =>
		counted(
			/* translators: %s: number of messages */
			_n( '%s message was deleted.', '%s messages were deleted.', count, 'email-gateway' ),
			count
		),
};

const unchanged: Record< QueueAction, ( count: number ) => string > = {
	retry: ( count ) =>
		counted(
			/* translators: %s: number of messages */
			_n( '%s message stays on hold.', '%s messages stay on hold.', count, 'email-gateway' ),
			count
		),
	hold: ( count ) =>
		counted(
			/* translators: %s: number of messages */
			_n( '%s message was on hold already.', '%s messages were on hold already.', count, 'email-gateway' ),
			count
		),
	release: ( count ) =>
		counted(
			/* translators: %s: number of messages */
			_n( '%s message was not on hold.', '%s messages were not on hold.', count, 'email-gateway' ),
			count
		),
	delete: ( count ) =>
		counted(
			_n(
				/* translators: %s: number of messages */
				'%s message left the queue at that moment.',
				'%s messages left the queue at that moment.',
				count,
				'email-gateway'
			),
			count
		),
};

/** What became of the chosen messages. */
export function queueSentences( result: QueueResult ): string[] {
	const { action, gone } = result;
	return [
		...( result.changed > 0 || gone + result.unchanged === 0 ? [ changed[ action ]( result.changed ) ] : [] ),
		...( result.unchanged > 0 ? [ unchanged[ action ]( result.unchanged ) ] : [] ),
		...( gone > 0
			? [
					counted(
						_n(
							/* translators: %s: number of messages */
							'%s message had already left the queue.',
							'%s messages had already left the queue.',
							gone,
							'email-gateway'
						),
						gone
					),
			  ]
			: [] ),
	];
}

/** What was done with messages of a queue, for the list of activity. */
const noted: Record< QueueAction, ( count: number ) => string > = {
	retry: ( count ) =>
		counted(
			/* translators: %s: number of messages */
			_n( 'Tried %s waiting message', 'Tried %s waiting messages', count, 'email-gateway' ),
			count
		),
	hold: ( count ) =>
		counted(
			/* translators: %s: number of messages */
			_n( 'Held %s waiting message', 'Held %s waiting messages', count, 'email-gateway' ),
			count
		),
	release: ( count ) =>
		counted(
			/* translators: %s: number of messages */
			_n( 'Released %s held message', 'Released %s held messages', count, 'email-gateway' ),
			count
		),
	delete: ( count ) =>
		counted(
			_n(
				/* translators: %s: number of messages */
				'Deleted %s message of the queue',
				'Deleted %s messages of the queue',
				count,
				'email-gateway'
			),
			count
		),
};

export const notedWords = ( action: QueueAction, count: number ): string => noted[ action ]?.( count ) ?? action;
