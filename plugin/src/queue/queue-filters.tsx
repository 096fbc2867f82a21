import { __, _n, _x, sprintf } from '@wordpress/i18n';
import type { QueueGroup, QueuePage } from '@email-gateway/shared';
import { Row } from '../ui/card.tsx';
import { SelectField } from '../ui/fields.tsx';
import { causeWords } from '../words/causes.ts';
import { wholeNumber } from '../words/numbers.ts';
import { queueStateWords } from '../words/queue-state.ts';
import type { ShownFilter } from './filter.ts';

interface Props {
	page: QueuePage;
	filter: ShownFilter;
	onChange: ( filter: ShownFilter ) => void;
}

const all = '*';

/** One list of choices for each thing that messages have in common, with how many have it. */
export function QueueFilters( { page, filter, onChange }: Props ) {
	const kind = (
		label: string,
		name: 'site' | 'domain' | 'cause' | 'state',
		{ groups, words }: { groups: readonly QueueGroup[]; words: ( value: string ) => string }
	) => (
		<SelectField
			size="normal"
			label={ label }
			value={ filter[ name ] === null ? all : `=${ filter[ name ] }` }
			options={ [
				{ value: all, label: _x( 'All', 'messages', 'email-gateway' ) },
				...groups.map( ( { value, messages } ) => ( {
					value: `=${ value }`,
					label: sprintf(
						/* translators: 1: what the messages have in common, 2: number of messages */
						_x( '%1$s (%2$s)', 'choice with a count', 'email-gateway' ),
						words( value ),
						wholeNumber( messages )
					),
				} ) ),
			] }
			onChange={ ( value ) => onChange( { ...filter, [ name ]: value === all ? null : value.slice( 1 ) } ) }
		/>
	);
	return (
		<Row>
			{ kind( __( 'Unix User', 'email-gateway' ), 'site', {
				groups: page.sites,
				words: ( value ) => value || _x( 'Not known', 'where a message came from', 'email-gateway' ),
			} ) }
			{ kind( __( 'Domain of the sender', 'email-gateway' ), 'domain', {
				groups: page.domains,
				words: ( value ) => value || _x( 'The mail system', 'where a message came from', 'email-gateway' ),
			} ) }
			{ kind( _x( 'Why', 'of an outcome', 'email-gateway' ), 'cause', {
				groups: page.causes,
				words: ( value ) => causeWords( { cause: value as never } )?.happened ?? value,
			} ) }
			{ kind( _x( 'State', 'of a message', 'email-gateway' ), 'state', {
				groups: page.states,
				words: ( value ) => queueStateWords( value as never ).word,
			} ) }
			<SelectField
				label={ _x( 'Age', 'of a message', 'email-gateway' ) }
				value={ filter.hours === null ? all : String( filter.hours ) }
				options={ [
					{ value: all, label: _x( 'All', 'messages', 'email-gateway' ) },
					...[ 1, 6, 24, 72 ].map( ( hours ) => ( {
						value: String( hours ),
						label: sprintf(
							/* translators: %d: number of hours */
							_n( 'Older than %d hour', 'Older than %d hours', hours, 'email-gateway' ),
							hours
						),
					} ) ),
				] }
				onChange={ ( value ) => onChange( { ...filter, hours: value === all ? null : Number( value ) } ) }
			/>
		</Row>
	);
}
