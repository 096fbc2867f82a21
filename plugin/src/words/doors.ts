import { __, _n, sprintf } from '@wordpress/i18n';
import type { AuditEntry, ClosedDoor, JobResult, SideDoor } from '@email-gateway/shared';
import { relativeTime } from './time.ts';

/** How a change of side doors ended. */
export const doorsSentence = ( { closed }: Extract< JobResult, { verb: 'change_doors' } > ): string =>
	closed === 0
		? __( 'All side doors are open: the server refuses no connection to mail servers.', 'email-gateway' )
		: sprintf(
				/* translators: %d: number of Unix users */
				_n(
					'%d Unix user reaches mail servers through the gateway only.',
					'%d Unix users reach mail servers through the gateway only.',
					closed,
					'email-gateway'
				),
				closed
		  );

/** How often a closed side door has refused somebody; nothing where that is not known. */
export function refusedWords( { refused }: Pick< ClosedDoor, 'refused' > ): string {
	return refused
		? sprintf(
				/* translators: 1: number of connections, 2: for example "2 days ago" */
				_n(
					'%1$d connection was refused since the rule was loaded, %2$s.',
					'%1$d connections were refused since the rule was loaded, %2$s.',
					refused.times,
					'email-gateway'
				),
				refused.times,
				relativeTime( refused.since )
		  )
		: '';
}

/** What a user was seen to do, and could no longer. */
export const breaksWords = ( { address, port, looks, lastAt }: SideDoor ): string =>
	sprintf(
		/* translators: 1: address and port, 2: number of looks at the server, 3: for example "2 minutes ago" */
		_n( '%1$s: seen by %2$d look, %3$s', '%1$s: seen by %2$d looks, last %3$s', looks, 'email-gateway' ),
		`${ address }:${ port }`,
		looks,
		relativeTime( lastAt )
	);

export function askedForDoors( { users }: AuditEntry[ 'detail' ] ): string {
	const names = Array.isArray( users ) ? users.map( String ) : [];
	return names.length === 0
		? __( 'Asked to open all side doors', 'email-gateway' )
		: sprintf(
				/* translators: %s: Unix users */
				__( 'Asked to let these users send through the gateway only: %s', 'email-gateway' ),
				names.join( ', ' )
		  );
}
