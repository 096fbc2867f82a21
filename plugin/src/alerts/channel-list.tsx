import { useState } from '@wordpress/element';
import { __, _x, sprintf } from '@wordpress/i18n';
import type { ChannelView } from '@email-gateway/shared';
import type { Sending } from '../api/use-request.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { AskedDeletion } from '../ui/delete-button.tsx';
import { Actions } from '../ui/card.tsx';
import { Table } from '../ui/table.tsx';
import { channelNames } from '../words/alert-channels.ts';
import type { ChannelCalls, WithChannels } from './channel-calls.ts';
import { ChannelForm } from './channel-form.tsx';
import { ChannelState } from './channel-state.tsx';
import type { Asking } from './use-asking.ts';

interface ChannelListProps< View extends WithChannels > {
	view: View;
	calls: ChannelCalls< View >;
	/** Who owns servers, by user id; none where a channel is for one owner anyway. */
	names: ReadonlyMap< number, string >;
	asking: Asking< View >;
	request: Sending;
	onAnswer: ( view: View ) => void;
}

/** Who is told, and how that went last. */
export function ChannelList< View extends WithChannels >( props: ChannelListProps< View > ) {
	const { view, calls, names, asking, request, onAnswer } = props;
	const [ edited, setEdited ] = useState< ChannelView | 'new' | null >( null );
	const form = edited !== null && (
		<ChannelForm
			key={ edited === 'new' ? 'new' : edited.id }
			channel={ edited === 'new' ? null : edited }
			calls={ calls }
			names={ names }
			asking={ asking }
			request={ request }
			onClose={ () => setEdited( null ) }
		/>
	);
	const cells = ( channel: ChannelView ) => [
		<Name key="name" channel={ channel } names={ names } />,
		<ChannelState key="state" channel={ channel } calls={ calls } onAnswer={ onAnswer } />,
		<Buttons
			key="buttons"
			channel={ channel }
			onTest={ () => void asking.ask( () => calls.test( channel.id ) ) }
			onDelete={ () =>
				void asking.ask( () => calls.remove( channel.id ), __( 'Channel deleted.', 'email-gateway' ) )
			}
			busy={ asking.busy }
			onEdit={ () => setEdited( channel ) }
		/>,
	];
	return (
		<>
			{ view.channels.length > 0 && (
				<Table
					caption={ _x( 'Channels', 'heading', 'email-gateway' ) }
					columns={ [
						_x( 'Channel', 'column', 'email-gateway' ),
						_x( 'State', 'column', 'email-gateway' ),
						__( 'What you can do', 'email-gateway' ),
					] }
					titled
					className="email-gateway-alerts"
					rows={ view.channels.map( ( channel ) => ( {
						key: channel.id,
						cells: cells( channel ),
						below: edited !== 'new' && edited?.id === channel.id ? form : undefined,
					} ) ) }
				/>
			) }
			{ edited === 'new' ? (
				form
			) : (
				<Actions>
					<ActionButton
						variant={ view.channels.length === 0 ? 'primary' : 'secondary' }
						onClick={ () => setEdited( 'new' ) }
					>
						{ __( 'Add Channel', 'email-gateway' ) }
					</ActionButton>
				</Actions>
			) }
		</>
	);
}

/** What people call it, else its kind. */
export const nameOf = ( { name, kind }: ChannelView ) => ( name === '' ? channelNames[ kind ]() : name );

function Name( { channel, names }: { channel: ChannelView; names: ReadonlyMap< number, string > } ) {
	const { name, kind, shown, owner, weekly } = channel;
	return (
		<>
			{ nameOf( channel ) }
			{ name !== '' && <div className="email-gateway-quiet">{ channelNames[ kind ]() }</div> }
			{ shown !== '' && (
				<div className="email-gateway-quiet">
					<bdi>{ shown }</bdi>
				</div>
			) }
			{ owner !== null && (
				<div className="email-gateway-quiet">
					{
						/* translators: %s: name of a person */
						sprintf( __( 'Servers of %s only', 'email-gateway' ), names.get( owner ) ?? `#${ owner }` )
					}
				</div>
			) }
			{ weekly && <div className="email-gateway-quiet">{ __( 'With the weekly report', 'email-gateway' ) }</div> }
		</>
	);
}

interface ButtonsProps {
	channel: ChannelView;
	busy: Sending[ 'busy' ];
	onTest: () => void;
	onEdit: () => void;
	onDelete: () => void;
}

function Buttons( { channel, busy, onTest, onEdit, onDelete }: ButtonsProps ) {
	const { kind } = channel;
	const name = nameOf( channel );
	return (
		<Actions>
			{ kind !== 'heartbeat' && (
				<ActionButton
					busy={ busy }
					/* translators: %s: name of a channel */
					label={ sprintf( __( 'Send a Test Alert: %s', 'email-gateway' ), name ) }
					onClick={ onTest }
				>
					{ __( 'Send a Test Alert', 'email-gateway' ) }
				</ActionButton>
			) }
			<ActionButton
				variant="link"
				busy={ busy }
				/* translators: %s: name of a channel */
				label={ sprintf( __( 'Edit: %s', 'email-gateway' ), name ) }
				onClick={ onEdit }
			>
				{ _x( 'Edit', 'button', 'email-gateway' ) }
			</ActionButton>
			<AskedDeletion
				label={ _x( 'Delete', 'button', 'email-gateway' ) }
				/* translators: %s: name of a channel */
				name={ sprintf( __( 'Delete: %s', 'email-gateway' ), name ) }
				/* translators: %s: name of a channel */
				title={ sprintf( __( 'Delete the channel %s?', 'email-gateway' ), name ) }
				confirm={ _x( 'Delete', 'button', 'email-gateway' ) }
				busy={ busy }
				onConfirm={ onDelete }
			>
				<p>
					{ __(
						'No more alerts are sent there, and its saved address and password are deleted. The servers are still checked.',
						'email-gateway'
					) }
				</p>
			</AskedDeletion>
		</Actions>
	);
}
