import { Fragment, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { Cause, MailEntry } from '@email-gateway/shared';
import { ActionButton } from '../ui/action-button.tsx';
import { Pill } from '../ui/pill.tsx';
import { mailOutcomePill, mailReason, siteWords } from '../words/mail-outcomes.ts';
import { fullTime } from '../words/time.ts';
import { OneMessage } from './one-message.tsx';

interface Props {
	entries: readonly MailEntry[];
	/** Names of servers by id; null where all are of one server. */
	servers: ReadonlyMap< number, string > | null;
	onCause: ( cause: Cause ) => void;
}

const keyOf = ( { serverId, queueId, recipient }: MailEntry ) => `${ serverId } ${ queueId } ${ recipient }`;

/** A line for each recipient; the button in it opens the whole message below. */
export function MailTable( { entries, servers, onCause }: Props ) {
	const [ opened, setOpened ] = useState< string | null >( null );
	const columns = servers ? 6 : 5;
	return (
		<div className="email-gateway-wide">
			<table className="widefat striped email-gateway-mails">
				<caption className="screen-reader-text">{ __( 'Messages, newest first', 'email-gateway' ) }</caption>
				<thead>
					<tr>
						<th scope="col">{ __( 'When', 'email-gateway' ) }</th>
						{ servers && <th scope="col">{ __( 'Server', 'email-gateway' ) }</th> }
						<th scope="col">{ __( 'Unix User', 'email-gateway' ) }</th>
						<th scope="col">{ __( 'Sender', 'email-gateway' ) }</th>
						<th scope="col">{ __( 'Recipient', 'email-gateway' ) }</th>
						<th scope="col">{ __( 'Outcome', 'email-gateway' ) }</th>
					</tr>
				</thead>
				<tbody>
					{ entries.map( ( entry ) => {
						const key = keyOf( entry );
						const isOpen = opened === key;
						return (
							<Fragment key={ key }>
								<tr>
									<td>{ fullTime( entry.at ) }</td>
									{ servers && <td>{ servers.get( entry.serverId ) ?? entry.serverId }</td> }
									<td>{ siteWords( entry ) }</td>
									<td>{ entry.sender || '–' }</td>
									<td>{ entry.recipient ?? '–' }</td>
									<td>
										<Pill { ...mailOutcomePill( entry.outcome ) } />
										<div className="email-gateway-quiet">{ mailReason( entry ) }</div>
										<ActionButton
											variant="link"
											expanded={ isOpen }
											label={ `${ __( 'Details', 'email-gateway' ) }: ${
												entry.recipient ?? ''
											}` }
											onClick={ () => setOpened( isOpen ? null : key ) }
										>
											{ __( 'Details', 'email-gateway' ) }
										</ActionButton>
									</td>
								</tr>
								{ isOpen && (
									<tr>
										<td colSpan={ columns }>
											<OneMessage entry={ entry } onCause={ onCause } />
										</td>
									</tr>
								) }
							</Fragment>
						);
					} ) }
				</tbody>
			</table>
		</div>
	);
}
