import { _n, sprintf } from '@wordpress/i18n';
import type { EventDetail } from '@email-gateway/shared';

/* What a step found, where it is worth a glance. */
const named = [ 'system', 'mailSystem', 'tlsVersion', 'certificateName' ];
const counted: Record< string, ( count: number ) => string > = {
	/* translators: %d: number of changes */
	changes: ( count ) => sprintf( _n( '%d change', '%d changes', count, 'email-gateway' ), count ),
	delivered: ( count ) =>
		/* translators: %d: number of messages */
		sprintf( _n( '%d message delivered', '%d messages delivered', count, 'email-gateway' ), count ),
	waiting: ( count ) =>
		/* translators: %d: number of messages */
		sprintf( _n( '%d message waiting', '%d messages waiting', count, 'email-gateway' ), count ),
	oldWaiting: ( count ) =>
		sprintf(
			/* translators: %d: number of messages */
			_n(
				'%d message waiting in the former mail system',
				'%d messages waiting in the former mail system',
				count,
				'email-gateway'
			),
			count
		),
};

/** `Debian GNU/Linux 12, exim4`; '' where nothing is worth a glance. */
export function foundWords( detail: EventDetail ): string {
	const numbers = Object.entries( counted ).map( ( [ key, say ] ) => {
		const count = detail[ key ];
		return typeof count === 'number' && count > 0 ? say( count ) : '';
	} );
	return [ ...named.map( ( key ) => detail[ key ] ), ...numbers ].filter( Boolean ).join( ', ' );
}
