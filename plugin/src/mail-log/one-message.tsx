import { useCallback } from '@wordpress/element';
import { Spinner } from '@wordpress/components';
import { __, _nx, _x, sprintf } from '@wordpress/i18n';
import type { Cause, MailEntry } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useAnswer } from '../api/use-answer.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { CheckedTable } from '../ui/checked-table.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { causeWords } from '../words/causes.ts';
import type { CheckedRow } from '../words/checked.ts';
import { mailOutcomePill, siteWords } from '../words/mail-outcomes.ts';
import { duration, fullTime } from '../words/time.ts';

/** One message from submission to the reply, for each of its recipients. */
export function OneMessage( { entry, onCause }: { entry: MailEntry; onCause: ( cause: Cause ) => void } ) {
	const { serverId, queueId } = entry;
	const ask = useCallback(
		( signal: AbortSignal ) => call( 'readMessage', { serverId, query: { queueId }, signal } ),
		[ serverId, queueId ]
	);
	const { answer, problem, retry } = useAnswer( ask );
	if ( problem ) {
		return <ProblemNotice problem={ problem } onRetry={ retry } />;
	}
	if ( ! answer ) {
		return <Spinner />;
	}
	const caption = __( 'The message', 'email-gateway' );
	return (
		<>
			<CheckedTable caption={ caption } rows={ submission( entry ) } />
			{ answer.recipients.map( ( one, at ) => (
				<div key={ at }>
					<h4>{ one.recipient ?? __( 'No recipient is known yet', 'email-gateway' ) }</h4>
					<CheckedTable caption={ one.recipient ?? caption } rows={ lastTry( one ) } />
					{ one.cause && causeWords( { cause: one.cause } ) && (
						<ActionButton variant="link" onClick={ () => onCause( one.cause as Cause ) }>
							{ __( 'Show All With This Cause', 'email-gateway' ) }
						</ActionButton>
					) }
				</div>
			) ) }
		</>
	);
}

const row = ( what: string, seen: string | null ): CheckedRow[] => ( seen ? [ { what, seen, good: null } ] : [] );

/** Nothing proves it, unlike who handed the message over. */
const saidFrom = ( domain: string ) =>
	sprintf(
		/* translators: %s: a domain */
		__( '%s, as the message itself says: a site may write any.', 'email-gateway' ),
		domain
	);

const submission = ( entry: MailEntry ): CheckedRow[] => [
	...row( _x( 'Arrived', 'of a message', 'email-gateway' ), fullTime( entry.at ) ),
	...row( __( 'Handed over', 'email-gateway' ), siteWords( entry ) ),
	...row( _x( 'Sender', 'of a message', 'email-gateway' ), entry.sender ),
	...row( __( 'Domain of From', 'email-gateway' ), entry.fromDomain && saidFrom( entry.fromDomain ) ),
	...row(
		_x( 'Size', 'of a message', 'email-gateway' ),
		entry.bytes === null
			? null
			: /* translators: %s: a number of bytes */ sprintf(
					_nx( '%s byte', '%s bytes', entry.bytes, 'size of a message', 'email-gateway' ),
					new Intl.NumberFormat().format( entry.bytes )
			  )
	),
	...row( __( 'Queue ID', 'email-gateway' ), entry.queueId ),
];

function lastTry( entry: MailEntry ): CheckedRow[] {
	const { tries, triedAt, delayMs } = entry;
	return [
		...row( _x( 'Outcome', 'of a message', 'email-gateway' ), mailOutcomePill( entry.outcome ).word ),
		...row(
			_x( 'Why', 'of an outcome', 'email-gateway' ),
			( entry.outcome !== 'accepted' && causeWords( { cause: entry.cause ?? undefined } )?.happened ) || null
		),
		...row( _x( 'Reply', 'of the provider', 'email-gateway' ), entry.reply ),
		...row( _x( 'Code', 'of a reply', 'email-gateway' ), entry.enhancedCode ),
		...row( _x( 'Relay', 'of a message', 'email-gateway' ), entry.relay ),
		...row( _x( 'TLS', 'of a message', 'email-gateway' ), entry.tlsVersion ),
		...row( _x( 'Tries', 'of a message', 'email-gateway' ), tries > 0 ? String( tries ) : null ),
		...row( __( 'Last try', 'email-gateway' ), triedAt && fullTime( triedAt ) ),
		...row( __( 'From arrival to reply', 'email-gateway' ), delayMs === null ? null : duration( delayMs ) ),
		...row( _x( 'Next', 'try', 'email-gateway' ), next( entry ) ),
	];
}

/** As the gateway sets Postfix up: maximal_backoff_time, maximal_queue_lifetime, and bounce_queue_lifetime for notices. */
const longestPauseMs = 30 * 60_000;
const dayMs = 86_400_000;
const lifetimeMs = ( { origin }: MailEntry ) => ( origin === 'notice' ? dayMs : 7 * dayMs );
const after = ( at: string, ms: number ) => fullTime( new Date( Date.parse( at ) + ms ).toISOString() );

function next( entry: MailEntry ): string | null {
	switch ( entry.outcome ) {
		case 'waiting':
			return sprintf(
				/* translators: 1: date and time, 2: date and time */
				__( 'Postfix tries again by %1$s at the latest, and gives up after %2$s.', 'email-gateway' ),
				after( entry.triedAt ?? entry.at, longestPauseMs ),
				after( entry.at, lifetimeMs( entry ) )
			);
		case 'held':
			return __( 'Nothing tries it until someone releases it.', 'email-gateway' );
	}
	return null;
}
