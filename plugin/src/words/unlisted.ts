import { __, _n, sprintf } from '@wordpress/i18n';
import type { UnlistedSender } from '@email-gateway/shared';
import { relativeTime } from './time.ts';

/** What became of mail with a sender that is not listed for its site. */
export function unlistedWords( { held, refused, lastAt }: UnlistedSender ): string {
	const heldWords = sprintf(
		/* translators: %d: number of messages */
		_n( '%d message was held.', '%d messages were held.', held, 'email-gateway' ),
		held
	);
	const refusedWords = sprintf(
		/* translators: %d: number of messages */
		_n( '%d message was refused.', '%d messages were refused.', refused, 'email-gateway' ),
		refused
	);
	return [
		__( 'This sender is not listed for this site.', 'email-gateway' ),
		...( held > 0 ? [ heldWords ] : [] ),
		...( refused > 0 ? [ refusedWords ] : [] ),
		/* translators: %s: for example "2 minutes ago" */
		sprintf( __( 'Last used %s.', 'email-gateway' ), relativeTime( lastAt ) ),
	].join( ' ' );
}
