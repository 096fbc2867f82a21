import { __, sprintf } from '@wordpress/i18n';
import type { MailPage } from '@email-gateway/shared';
import { fullTime, relativeTime } from '../words/time.ts';

interface Props {
	logs: MailPage[ 'logs' ];
	/** Names of servers by id; null where there is one only. */
	servers: ReadonlyMap< number, string > | null;
}

/** How much is known, and of what times nothing is. */
export function KnownLogs( { logs, servers }: Props ) {
	const nameOf = ( serverId: number ) => ( servers ? `${ servers.get( serverId ) ?? serverId }: ` : '' );
	const unread = logs.filter( ( { readAt } ) => readAt === null );
	return (
		<ul className="email-gateway-quiet">
			{ ! servers &&
				logs.map( ( { serverId, since, readAt } ) =>
					since && readAt ? (
						<li key={ serverId }>
							{ sprintf(
								/* translators: 1: date and time, 2: e.g. “2 minutes ago” */
								__( 'Known since %1$s, read %2$s.', 'email-gateway' ),
								fullTime( since ),
								relativeTime( readAt )
							) }
						</li>
					) : (
						<li key={ serverId }>
							{ __( 'Nothing is known yet: the log is read with the next look.', 'email-gateway' ) }
						</li>
					)
				) }
			{ servers && unread.length > 0 && (
				<li>
					{ sprintf(
						/* translators: %s: names of servers */
						__( 'Nothing is known yet of: %s', 'email-gateway' ),
						unread.map( ( { serverId } ) => servers.get( serverId ) ?? serverId ).join( ', ' )
					) }
				</li>
			) }
			{ logs.flatMap( ( { serverId, gaps } ) =>
				gaps.map( ( { from, to } ) => (
					<li key={ `${ serverId } ${ to }` }>
						{ nameOf( serverId ) }
						{ from
							? sprintf(
									/* translators: 1: date and time, 2: date and time */
									__(
										'Nothing is known from %1$s to %2$s: that part of the log is gone, or was more than is kept of a day.',
										'email-gateway'
									),
									fullTime( from ),
									fullTime( to )
							  )
							: sprintf(
									/* translators: %s: date and time */
									__( 'Nothing is known of before %s.', 'email-gateway' ),
									fullTime( to )
							  ) }
					</li>
				) )
			) }
		</ul>
	);
}
