import { __, _n, _x, sprintf } from '@wordpress/i18n';
import type { SideDoor, sideDoorDays } from '@email-gateway/shared';
import { Table } from '../ui/table.tsx';
import { userName } from '../words/sites.ts';
import { fullTime, relativeTime } from '../words/time.ts';

/** Of the contract only types reach a browser: this does not compile where it says another number. */
const days: typeof sideDoorDays = 30;

/** Who was seen to speak SMTP to the world past the gateway. */
export function SideDoors( { doors }: { doors: readonly SideDoor[] } ) {
	if ( doors.length === 0 ) {
		return null;
	}
	return (
		<>
			<p>
				{ __(
					'These Unix users were seen to connect to mail servers directly. The gateway has no part in that mail: it is in no log and no queue here, and neither Pause Sending nor the sandbox stops it. Usually an SMTP plugin of a site does so: deactivate it, or let it send to localhost, port 25, without encryption and without a login.',
					'email-gateway'
				) }
			</p>
			<div className="email-gateway-wide">
				<Table
					caption={ sprintf(
						/* translators: %d: number of days */
						_n(
							'Connections past the gateway in the last %d day',
							'Connections past the gateway in the last %d days',
							days,
							'email-gateway'
						),
						days
					) }
					columns={ [
						__( 'Unix User', 'email-gateway' ),
						_x( 'Connects To', 'column', 'email-gateway' ),
						_x( 'Seen', 'column', 'email-gateway' ),
					] }
					rows={ doors.map( ( door ) => ( {
						key: `${ door.uid } ${ door.address } ${ door.port }`,
						cells: [
							userName( door ),
							<bdi key="place">{ `${ door.address }:${ door.port }` }</bdi>,
							<span key="seen" title={ fullTime( door.lastAt ) }>
								{ sprintf(
									/* translators: 1: number of looks at the server, 2: for example "2 minutes ago" */
									_n( 'By %1$d look, %2$s', 'By %1$d looks, last %2$s', door.looks, 'email-gateway' ),
									door.looks,
									relativeTime( door.lastAt )
								) }
							</span>,
						],
					} ) ) }
				/>
			</div>
			<p className="email-gateway-quiet">
				{ __(
					'A look sees what is open in that moment, so a short connection is seen by chance: more may happen than is listed. Programs in containers are not seen.',
					'email-gateway'
				) }
			</p>
		</>
	);
}
