import { __, _n, sprintf } from '@wordpress/i18n';
import type { ResponseOf } from '@email-gateway/shared';

/** What Update Servers began, and which servers a person has to reinstall. */
export function updateWords( { started, left }: ResponseOf< 'updateServers' > ): string {
	/* translators: %d: number of servers */
	const begun = _n( 'The update of %d server began.', 'The update of %d servers began.', started, 'email-gateway' );
	const sentence = sprintf( begun, started );
	if ( left.length === 0 ) {
		return sentence;
	}
	const others = sprintf(
		/* translators: %s: hosts of servers */
		__(
			'Open these servers and press Load Account and Reinstall there, or Change Route for a route: %s.',
			'email-gateway'
		),
		left.map( ( { host } ) => host ).join( ', ' )
	);
	return started === 0 ? others : `${ sentence } ${ others }`;
}
