import { __, _n, _nx, _x, sprintf } from '@wordpress/i18n';
import type { QueuedMessage } from '@email-gateway/shared';
import { Pill } from '../ui/pill.tsx';
import { Table } from '../ui/table.tsx';
import { causeWords } from '../words/causes.ts';
import { heldByWords } from '../words/held-by.ts';
import { queueStateWords } from '../words/queue-state.ts';
import { fullTime, relativeTime } from '../words/time.ts';

interface Props {
	entries: readonly QueuedMessage[];
	chosen: ReadonlySet< string >;
	onChoose: ( ids: readonly string[], isChosen: boolean ) => void;
}

/** A line a message, oldest first, each with a box to tick. */
export function QueueTable( { entries, chosen, onChoose }: Props ) {
	if ( entries.length === 0 ) {
		return null;
	}
	const ids = entries.map( ( { queueId } ) => queueId );
	return (
		<div className="email-gateway-wide">
			<Table
				className="email-gateway-mails"
				caption={ __( 'Messages in the queue, oldest first', 'email-gateway' ) }
				columns={ [
					<input
						key="all"
						type="checkbox"
						aria-label={ __( 'Choose all messages that are shown', 'email-gateway' ) }
						checked={ ids.every( ( id ) => chosen.has( id ) ) }
						onChange={ ( { target } ) => onChoose( ids, target.checked ) }
					/>,
					_x( 'Arrived', 'of a message', 'email-gateway' ),
					_x( 'Sender', 'of a message', 'email-gateway' ),
					_x( 'Recipient', 'of a message', 'email-gateway' ),
					__( 'Unix User', 'email-gateway' ),
					_x( 'State', 'of a message', 'email-gateway' ),
				] }
				rows={ entries.map( ( entry ) => ( {
					key: entry.queueId,
					cells: [
						<input
							key="one"
							type="checkbox"
							aria-label={ sprintf(
								/* translators: 1: id of a message, 2: e.g. “3 hours ago” */
								__( 'Choose message %1$s, arrived %2$s', 'email-gateway' ),
								entry.queueId,
								relativeTime( entry.at )
							) }
							checked={ chosen.has( entry.queueId ) }
							onChange={ ( { target } ) => onChoose( [ entry.queueId ], target.checked ) }
						/>,
						<span key="at" title={ fullTime( entry.at ) }>
							{ relativeTime( entry.at ) }
						</span>,
						entry.sender ||
							entry.domain ||
							_x( 'The mail system', 'where a message came from', 'email-gateway' ),
						<Recipients key="to" { ...entry } />,
						entry.site ?? _x( 'Not known', 'where a message came from', 'email-gateway' ),
						<Why key="why" { ...entry } />,
					],
				} ) ) }
			/>
		</div>
	);
}

function Recipients( { recipients, recipientCount }: QueuedMessage ) {
	const more = recipientCount - recipients.length;
	return (
		<>
			{ recipients.map( ( recipient ) => (
				<div key={ recipient }>
					<bdi>{ recipient }</bdi>
				</div>
			) ) }
			{ more > 0 && (
				<div className="email-gateway-quiet">
					{ recipients.length === 0
						? sprintf(
								/* translators: %d: number of recipients */
								_n( '%d recipient', '%d recipients', more, 'email-gateway' ),
								more
						  )
						: sprintf(
								/* translators: %d: number of recipients */
								_nx( 'and %d more', 'and %d more', more, 'recipients', 'email-gateway' ),
								more
						  ) }
				</div>
			) }
		</>
	);
}

function Why( { state, cause, reply, heldBy }: QueuedMessage ) {
	const words = causeWords( { cause: cause ?? undefined } )?.happened;
	return (
		<>
			<Pill { ...queueStateWords( state ) } />
			{ cause === null && state === 'waiting' && (
				<div className="email-gateway-quiet">{ __( 'Not tried yet', 'email-gateway' ) }</div>
			) }
			{ heldBy && <div className="email-gateway-quiet">{ heldByWords( heldBy ).happened }</div> }
			{ words && <div className="email-gateway-quiet">{ words }</div> }
			{ reply && reply !== words && (
				<div className="email-gateway-quiet">
					<bdi>{ reply }</bdi>
				</div>
			) }
		</>
	);
}
