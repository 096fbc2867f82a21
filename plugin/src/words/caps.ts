import { __, _n, _x, sprintf } from '@wordpress/i18n';
import type { AuditEntry, CapLimits, OverCap, SendingUser } from '@email-gateway/shared';
import { fullTime } from './time.ts';

const number = ( count: number ) => new Intl.NumberFormat().format( count );

/** What limits a user, a line each. */
export function limitLines( { hour, day, refused }: CapLimits ): string[] {
	return [
		/* translators: %s: number of recipients */
		...( hour === null ? [] : [ sprintf( __( '%s per hour', 'email-gateway' ), number( hour ) ) ] ),
		/* translators: %s: number of recipients */
		...( day === null ? [] : [ sprintf( __( '%s per day', 'email-gateway' ), number( day ) ) ] ),
		...( refused === null
			? []
			: [
					/* translators: %s: number, percent */
					sprintf( __( '%s%% refused', 'email-gateway' ), number( refused ) ),
			  ] ),
	];
}

/** The cell of a user. */
export function capLines( { cap }: Pick< SendingUser, 'cap' > ): string[] {
	if ( cap === null ) {
		return [ _x( 'None', 'cap of a site', 'email-gateway' ) ];
	}
	return cap.limits === null ? [ _x( 'Never held', 'cap of a site', 'email-gateway' ) ] : limitLines( cap.limits );
}

const reasons: Record< OverCap[ 'why' ], ( since: string, over: OverCap ) => string > = {
	hour: ( since, { hour } ) =>
		sprintf(
			/* translators: 1: time, 2: number of recipients */
			_n(
				'Over the cap of the hour since %1$s: %2$s recipient was let through.',
				'Over the cap of the hour since %1$s: %2$s recipients were let through.',
				hour,
				'email-gateway'
			),
			since,
			number( hour )
		),
	day: ( since, { day } ) =>
		sprintf(
			/* translators: 1: time, 2: number of recipients */
			_n(
				'Over the cap of the day since %1$s: %2$s recipient was let through.',
				'Over the cap of the day since %1$s: %2$s recipients were let through.',
				day,
				'email-gateway'
			),
			since,
			number( day )
		),
	refused: ( since, { refused } ) =>
		sprintf(
			/* translators: 1: time, 2: number of recipients */
			_n(
				'Too much of its mail is refused since %1$s: %2$s recipient within the hour.',
				'Too much of its mail is refused since %1$s: %2$s recipients within the hour.',
				refused,
				'email-gateway'
			),
			since,
			number( refused )
		),
};

/** What a cap has done; empty where it did nothing. */
export function overLines( { over }: Pick< SendingUser, 'over' > ): string[] {
	if ( over === null ) {
		return [];
	}
	const held = sprintf(
		/* translators: 1: number of messages, 2: queue id */
		_n( '%1$s message was held: %2$s.', '%1$s messages were held, the first is %2$s.', over.held, 'email-gateway' ),
		number( over.held ),
		over.first ?? ''
	);
	const now = over.isOver
		? [ reasons[ over.why ]( fullTime( over.since ), over ) ]
		: [ __( 'It was over its cap and may send again. What was held waits for you.', 'email-gateway' ) ];
	return over.first === null ? now : [ ...now, held ];
}

/** What somebody asked for. */
export function askedForCap( { user, cap }: AuditEntry[ 'detail' ] ): string {
	return user === null
		? __( 'Asked to change the cap of all users without a cap of their own', 'email-gateway' )
		: cap === 'never'
		? /* translators: %s: a Unix user */
		  sprintf( __( 'Asked that mail of %s is never held by a cap', 'email-gateway' ), String( user ) )
		: /* translators: %s: a Unix user */
		  sprintf( __( 'Asked to change the cap of %s', 'email-gateway' ), String( user ) );
}
