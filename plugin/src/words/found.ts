import { __, sprintf } from '@wordpress/i18n';
import type { EventDetail } from '@email-gateway/shared';

/* What a step found, where it is worth a glance. */
const named = [ 'system', 'mailSystem', 'tlsVersion', 'certificateName' ];
const counted: Record< string, ( count: number ) => string > = {
	/* translators: %d: number of changes */
	changes: ( count ) => sprintf( __( 'changes: %d', 'email-gateway' ), count ),
	/* translators: %d: number of messages */
	delivered: ( count ) => sprintf( __( 'delivered: %d', 'email-gateway' ), count ),
	/* translators: %d: number of messages */
	waiting: ( count ) => sprintf( __( 'waiting: %d', 'email-gateway' ), count ),
	/* translators: %d: number of messages */
	oldWaiting: ( count ) => sprintf( __( 'waiting in the former mail system: %d', 'email-gateway' ), count ),
};

/** `Debian GNU/Linux 12, exim4`; '' where nothing is worth a glance. */
export function foundWords( detail: EventDetail ): string {
	const numbers = Object.entries( counted ).map( ( [ key, say ] ) => {
		const count = detail[ key ];
		return typeof count === 'number' && count > 0 ? say( count ) : '';
	} );
	return [ ...named.map( ( key ) => detail[ key ] ), ...numbers ].filter( Boolean ).join( ', ' );
}
