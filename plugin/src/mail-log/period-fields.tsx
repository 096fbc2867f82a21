import { TextControl } from '@wordpress/components';
import { __, _n, _x, sprintf } from '@wordpress/i18n';
import { SelectField } from '../ui/fields.tsx';
import type { Filter } from './source.ts';

interface Props {
	filter: Filter;
	/** Null before the backend has said it. */
	keptDays: number | null;
	onChange: ( change: Partial< Filter > ) => void;
}

/** When messages arrived: some time back from now, or from one time to another. */
export function PeriodFields( { filter, keptDays, onChange }: Props ) {
	const moment = ( label: string, name: 'from' | 'to' ) => (
		<TextControl
			__nextHasNoMarginBottom
			__next40pxDefaultSize
			className="email-gateway-field is-normal"
			type="datetime-local"
			label={ label }
			value={ filter[ name ] }
			onChange={ ( value ) => onChange( { [ name ]: value } ) }
		/>
	);
	return (
		<>
			<SelectField
				size="normal"
				label={ _x( 'Time', 'of a message', 'email-gateway' ) }
				value={ String( filter.hours ) }
				options={ periods( keptDays ) }
				onChange={ ( hours ) => onChange( { hours: Number( hours ) } ) }
			/>
			{ filter.hours < 0 && (
				<>
					{ moment( _x( 'From', 'a time', 'email-gateway' ), 'from' ) }
					{ moment( _x( 'Until', 'a time', 'email-gateway' ), 'to' ) }
				</>
			) }
		</>
	);
}

const periods = ( keptDays: number | null ): { value: string; label: string }[] => [
	{ value: '1', label: __( 'The last hour', 'email-gateway' ) },
	{ value: '24', label: __( 'The last 24 hours', 'email-gateway' ) },
	{ value: '168', label: __( 'The last 7 days', 'email-gateway' ) },
	...( ( keptDays ?? 0 ) > 30 ? [ { value: '720', label: __( 'The last 30 days', 'email-gateway' ) } ] : [] ),
	{
		value: '0',
		label: keptDays
			? sprintf(
					/* translators: %d: number of days, at least 10 */
					_n( 'The last %d day, as kept', 'The last %d days, as kept', keptDays, 'email-gateway' ),
					keptDays
			  )
			: __( 'All that is kept', 'email-gateway' ),
	},
	{ value: '-1', label: __( 'From one time until another', 'email-gateway' ) },
];
