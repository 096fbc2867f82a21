import { useState } from '@wordpress/element';
import { __, _x, sprintf } from '@wordpress/i18n';
import type { Cause, MailEntry } from '@email-gateway/shared';
import { ActionButton } from '../ui/action-button.tsx';
import { Pill } from '../ui/pill.tsx';
import { Table } from '../ui/table.tsx';
import { mailOutcomePill, mailReason, siteWords } from '../words/mail-outcomes.ts';
import { fullTime } from '../words/time.ts';
import { OneMessage } from './one-message.tsx';

interface Props {
	entries: readonly MailEntry[];
	/** Names of servers by id; null where all are of one server. */
	servers: ReadonlyMap< number, string > | null;
	onCause: ( cause: Cause ) => void;
}

/** Two recipients of a message may look the same, where only their domain is kept. */
const keyOf = ( { serverId, queueId, recipient }: MailEntry, at: number ) =>
	`${ serverId } ${ queueId } ${ recipient } ${ at }`;

/** A line for each recipient; the button in it opens the whole message below. */
export function MailTable( { entries, servers, onCause }: Props ) {
	const [ opened, setOpened ] = useState< string | null >( null );
	const outcome = ( entry: MailEntry, key: string, isOpen: boolean ) => (
		<>
			<Pill { ...mailOutcomePill( entry.outcome ) } />
			<div className="email-gateway-quiet">{ mailReason( entry ) }</div>
			<ActionButton
				variant="link"
				expanded={ isOpen }
				label={ sprintf(
					/* translators: %s: a mail address */
					__( 'Details of the message to %s', 'email-gateway' ),
					entry.recipient ?? '–'
				) }
				onClick={ () => setOpened( isOpen ? null : key ) }
			>
				{ _x( 'Details', 'of a message', 'email-gateway' ) }
			</ActionButton>
		</>
	);
	return (
		<div className="email-gateway-wide">
			<Table
				className="email-gateway-mails"
				caption={ __( 'Messages, newest first', 'email-gateway' ) }
				columns={ [
					_x( 'When', 'column', 'email-gateway' ),
					...( servers ? [ _x( 'Server', 'column', 'email-gateway' ) ] : [] ),
					__( 'Unix User', 'email-gateway' ),
					_x( 'Sender', 'of a message', 'email-gateway' ),
					_x( 'Recipient', 'of a message', 'email-gateway' ),
					_x( 'Outcome', 'of a message', 'email-gateway' ),
				] }
				rows={ entries.map( ( entry, at ) => {
					const key = keyOf( entry, at );
					const isOpen = opened === key;
					return {
						key,
						cells: [
							fullTime( entry.at ),
							...( servers ? [ servers.get( entry.serverId ) ?? entry.serverId ] : [] ),
							siteWords( entry ),
							entry.sender || '–',
							entry.recipient ?? '–',
							outcome( entry, key, isOpen ),
						],
						below: isOpen && <OneMessage entry={ entry } onCause={ onCause } />,
					};
				} ) }
			/>
		</div>
	);
}
