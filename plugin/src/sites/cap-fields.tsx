import { __ } from '@wordpress/i18n';
import type { CapLimits } from '@email-gateway/shared';
import { Row } from '../ui/card.tsx';
import { TextField } from '../ui/fields.tsx';
import { fieldLabel } from '../words/field-labels.ts';
import type { TypedLimits } from './typed-limits.ts';

const names = [ 'hour', 'day', 'refused' ] as const;

interface Props {
	values: TypedLimits;
	problems: Partial< Record< string, string > >;
	onChange: ( values: TypedLimits ) => void;
}

/** Three numbers; an empty one limits nothing. */
export const CapFields = ( { values, problems, onChange }: Props ) => (
	<Row>
		{ names.map( ( name ) => (
			<TextField
				key={ name }
				name={ name }
				size="short"
				type="port"
				label={ fieldLabel( name ) }
				value={ values[ name ] }
				problem={ problems[ name ] }
				help={ helps[ name ]() }
				onChange={ ( value ) => onChange( { ...values, [ name ]: value } ) }
			/>
		) ) }
	</Row>
);

const helps: Record< keyof CapLimits, () => string > = {
	hour: () => __( 'Empty: no limit.', 'email-gateway' ),
	day: () => __( 'Empty: no limit.', 'email-gateway' ),
	refused: () => __( 'Of the recipients of an hour, once ten were refused. Empty: no limit.', 'email-gateway' ),
};
