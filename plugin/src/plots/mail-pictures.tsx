import { useCallback, useMemo } from '@wordpress/element';
import { __, _x } from '@wordpress/i18n';
import type UPlot from 'uplot';
import { Disclosure } from '../ui/disclosure.tsx';
import { Table } from '../ui/table.tsx';
import { wholeNumber } from '../words/numbers.ts';
import { duration, periodBegin } from '../words/time.ts';
import { colours, speedData, speedOptions, volumeData, volumeOptions } from './draw-mails.ts';
import { Drawing } from './drawing.tsx';
import type { MailRow, Per } from './mail-rows.ts';

/** Two pictures and a table with the same numbers. */
export function MailPictures( { rows, per }: { rows: readonly MailRow[]; per: Per } ) {
	const labels = useMemo( () => rows.map( ( { from } ) => periodBegin( from, per ) ), [ rows, per ] );
	const volume = useMemo( () => volumeData( rows ), [ rows ] );
	const speed = useMemo( () => speedData( rows ), [ rows ] );
	const ofVolume = useCallback( ( library: typeof UPlot ) => volumeOptions( library, labels ), [ labels ] );
	const ofSpeed = useCallback( ( library: typeof UPlot ) => speedOptions( library, labels ), [ labels ] );
	if ( rows.every( ( { accepted, waiting, refused, others } ) => accepted + waiting + refused + others === 0 ) ) {
		return <p>{ __( 'Nothing yet.', 'email-gateway' ) }</p>;
	}
	const words = {
		accepted: _x( 'Accepted', 'heading', 'email-gateway' ),
		waiting: _x( 'Waiting', 'heading', 'email-gateway' ),
		refused: _x( 'Refused', 'heading', 'email-gateway' ),
	};
	return (
		<>
			<p className="email-gateway-legend">
				{ ( [ 'accepted', 'waiting', 'refused' ] as const ).map( ( name ) => (
					<span key={ name }>
						<i style={ { background: colours[ name ] } } /> { words[ name ] }
					</span>
				) ) }
			</p>
			<Drawing
				label={ __( 'How many recipients were accepted, wait and were refused', 'email-gateway' ) }
				data={ volume }
				options={ ofVolume }
			/>
			<p className="email-gateway-legend">
				{ __(
					'From arrival to the provider’s “accepted”: half of the recipients within the solid line, 95 % within the dashed one.',
					'email-gateway'
				) }
			</p>
			<Drawing
				label={ __( 'How long it took until the provider accepted', 'email-gateway' ) }
				data={ speed }
				options={ ofSpeed }
			/>
			<Disclosure summary={ __( 'The Same as a Table', 'email-gateway' ) }>
				<div
					role="region"
					aria-label={ __( 'The Same as a Table', 'email-gateway' ) }
					tabIndex={ 0 }
					className="email-gateway-wide"
				>
					<Table
						caption={ __( 'Recipients by the time at which their messages arrived', 'email-gateway' ) }
						columns={ [
							_x( 'Time', 'of a message', 'email-gateway' ),
							words.accepted,
							words.waiting,
							words.refused,
							_x( 'Others', 'heading', 'email-gateway' ),
							__( 'Half within', 'email-gateway' ),
							__( '95 % within', 'email-gateway' ),
						] }
						rows={ rows.toReversed().map( ( row, at ) => ( {
							key: row.from,
							cells: [
								labels[ rows.length - 1 - at ],
								...[ row.accepted, row.waiting, row.refused, row.others ].map( wholeNumber ),
								...[ row.half, row.most ].map( ( ms ) => ( ms === null ? '–' : duration( ms ) ) ),
							],
						} ) ) }
						titled
					/>
				</div>
			</Disclosure>
		</>
	);
}
