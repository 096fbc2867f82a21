import { useState } from '@wordpress/element';
import { __, _nx, _x, sprintf } from '@wordpress/i18n';
import type { AlertsView, OpenIncident } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { SelectField } from '../ui/fields.tsx';
import { Table } from '../ui/table.tsx';
import { troubleWords } from '../words/alert-troubles.ts';
import { fullTime, relativeTime } from '../words/time.ts';
import type { Asking } from './use-asking.ts';

/** Trouble that has not ended; what is the same at one provider is one line. */
export function IncidentList( {
	incidents,
	asking,
}: {
	incidents: readonly OpenIncident[];
	asking: Asking< AlertsView >;
} ) {
	if ( incidents.length === 0 ) {
		return <p>{ __( 'Nothing is wrong now.', 'email-gateway' ) }</p>;
	}
	return (
		<Table
			caption={ __( 'Open Alerts', 'email-gateway' ) }
			columns={ [
				__( 'What is wrong', 'email-gateway' ),
				_x( 'Servers', 'column', 'email-gateway' ),
				_x( 'Since', 'column', 'email-gateway' ),
				__( 'What you can do', 'email-gateway' ),
			] }
			titled
			className="email-gateway-alerts"
			rows={ incidents.map( ( incident ) => ( {
				key: incident.key,
				cells: [
					<What key="what" incident={ incident } />,
					<Servers key="servers" incident={ incident } />,
					since( incident ),
					<Answers key="answers" incident={ incident } asking={ asking } />,
				],
			} ) ) }
		/>
	);
}

const since = ( { openedAt }: OpenIncident ) => <time dateTime={ openedAt }>{ relativeTime( openedAt ) }</time>;

function What( { incident: { trouble, provider, user } }: { incident: OpenIncident } ) {
	return (
		<>
			{ troubleWords[ trouble ]() }
			{ provider && <div className="email-gateway-quiet">{ provider }</div> }
			{ user && (
				<div className="email-gateway-quiet">
					{
						/* translators: %s: name of a Unix user */
						sprintf( __( 'User %s', 'email-gateway' ), user )
					}
				</div>
			) }
		</>
	);
}

/** So many are named; the list of servers has the others. */
const named = 5;

function Servers( { incident: { servers } }: { incident: OpenIncident } ) {
	const more = servers.length - named;
	return (
		<>
			{ servers.length === 0 && '–' }
			{ servers.slice( 0, named ).map( ( { id, host } ) => (
				<div key={ id }>
					<a href={ `post.php?post=${ id }&action=edit` }>
						<bdi>{ host }</bdi>
					</a>
				</div>
			) ) }
			{ more > 0 && (
				<div>
					{
						/* translators: %d: how many */
						sprintf( _nx( 'and %d more', 'and %d more', more, 'servers', 'email-gateway' ), more )
					}
				</div>
			) }
		</>
	);
}

const hours = [ '1', '8', '24', '168' ] as const;
type Hours = ( typeof hours )[ number ];
const hourWords: Record< Hours, () => string > = {
	1: () => _x( 'for an hour', 'how long alerts are muted', 'email-gateway' ),
	8: () => _x( 'for 8 hours', 'how long alerts are muted', 'email-gateway' ),
	24: () => _x( 'for a day', 'how long alerts are muted', 'email-gateway' ),
	168: () => _x( 'for a week', 'how long alerts are muted', 'email-gateway' ),
};

function Answers( { incident, asking }: { incident: OpenIncident; asking: Asking< AlertsView > } ) {
	const { key, acknowledgedBy, mutedUntil, trouble, servers } = incident;
	const [ chosen, setChosen ] = useState< Hours >( '8' );
	/* Several lines have the same buttons: a screen reader says of what. */
	const about = servers[ 0 ] ? `${ troubleWords[ trouble ]() }, ${ servers[ 0 ].host }` : troubleWords[ trouble ]();
	const mute = ( forHours: number, done: string ) =>
		void asking.ask( () => call( 'muteIncident', { body: { key, hours: forHours } } ), done );
	return (
		<>
			{ acknowledgedBy ? (
				<div>
					{
						/* translators: %s: login of a person */
						sprintf( __( 'Acknowledged by %s: not repeated.', 'email-gateway' ), acknowledgedBy )
					}
				</div>
			) : (
				<ActionButton
					busy={ asking.busy }
					/* translators: %s: what is wrong and where */
					label={ sprintf( __( 'Acknowledge: %s', 'email-gateway' ), about ) }
					onClick={ () =>
						void asking.ask(
							() => call( 'acknowledgeIncident', { body: { key } } ),
							__( 'Acknowledged. This alert is not repeated; its end is still told.', 'email-gateway' )
						)
					}
				>
					{ _x( 'Acknowledge', 'button', 'email-gateway' ) }
				</ActionButton>
			) }
			{ mutedUntil ? (
				<div>
					{
						/* translators: %s: date and time */
						sprintf( __( 'Muted until %s.', 'email-gateway' ), fullTime( mutedUntil ) )
					}{ ' ' }
					<ActionButton
						variant="link"
						busy={ asking.busy }
						/* translators: %s: what is wrong and where */
						label={ sprintf( __( 'End Mute: %s', 'email-gateway' ), about ) }
						onClick={ () => mute( 0, __( 'Alerts are sent again.', 'email-gateway' ) ) }
					>
						{ __( 'End Mute', 'email-gateway' ) }
					</ActionButton>
				</div>
			) : (
				<div className="email-gateway-mute">
					<SelectField
						/* translators: %s: what is wrong and where */
						label={ sprintf( __( 'How long to mute: %s', 'email-gateway' ), about ) }
						hideLabel
						value={ chosen }
						options={ hours.map( ( value ) => ( { value, label: hourWords[ value ]() } ) ) }
						onChange={ setChosen }
					/>
					<ActionButton
						busy={ asking.busy }
						/* translators: %s: what is wrong and where */
						label={ sprintf( __( 'Mute: %s', 'email-gateway' ), about ) }
						onClick={ () =>
							mute( Number( chosen ), __( 'Muted. Until then nothing is told of it.', 'email-gateway' ) )
						}
					>
						{ _x( 'Mute', 'button', 'email-gateway' ) }
					</ActionButton>
				</div>
			) }
		</>
	);
}
