import { _n, sprintf } from '@wordpress/i18n';
import type { HeldChoice } from '@email-gateway/shared';

/** What became of messages that were held, as a person chose; `messages`: how many they were. */
export const heldSentence = ( choice: HeldChoice, messages: number ): string => became[ choice ]( messages );

const became: Record< HeldChoice, ( messages: number ) => string > = {
	release: ( messages ) =>
		sprintf(
			/* translators: %d: number of messages */
			_n( '%d held message was released.', '%d held messages were released.', messages, 'email-gateway' ),
			messages
		),
	delete: ( messages ) =>
		sprintf(
			/* translators: %d: number of messages */
			_n( '%d held message was deleted.', '%d held messages were deleted.', messages, 'email-gateway' ),
			messages
		),
	keep: ( messages ) =>
		sprintf(
			/* translators: %d: number of messages */
			_n( '%d message stays on hold.', '%d messages stay on hold.', messages, 'email-gateway' ),
			messages
		),
};
