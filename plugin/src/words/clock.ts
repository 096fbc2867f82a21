import { __, sprintf } from '@wordpress/i18n';
import type { Observation } from '@email-gateway/shared';
import { span } from './time.ts';

/** A clock that is wrong: by how much, what comes of it, and what to do. What this browser kept of a former version has none. */
export function clockWords( clock: Observation[ 'clock' ] | undefined ): string[] {
	if ( ! clock?.isWrong ) {
		return [];
	}
	const by = span( Math.abs( clock.aheadS ) * 1000 );
	const sentence =
		clock.aheadS > 0
			? /* translators: 1: for example "12 minutes", 2: a command */
			  __(
					'The clock of the server is %1$s fast, compared with the backend’s. With a wrong clock valid certificates are refused, and mail carries wrong dates. Run “%2$s” on the server. If all servers are said to be wrong, correct the clock of the backend.',
					'email-gateway'
			  )
			: /* translators: 1: for example "12 minutes", 2: a command */
			  __(
					'The clock of the server is %1$s slow, compared with the backend’s. With a wrong clock valid certificates are refused, and mail carries wrong dates. Run “%2$s” on the server. If all servers are said to be wrong, correct the clock of the backend.',
					'email-gateway'
			  );
	return [ sprintf( sentence, by, 'timedatectl set-ntp true' ) ];
}
