import { __, _n, _x, sprintf } from '@wordpress/i18n';
import type { MailOutcome } from '@email-gateway/shared';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions, Row } from '../ui/card.tsx';
import { SelectField, TextField } from '../ui/fields.tsx';
import { causeWords } from '../words/causes.ts';
import { mailOutcomePill } from '../words/mail-outcomes.ts';
import { noFilter, type Filter } from './source.ts';

const outcomes: readonly MailOutcome[] = [
	...( [
		'accepted',
		'refused',
		'waiting',
		'held',
		'queued',
		'expired',
		'deleted',
		'discarded',
		'unknown',
	] as const ),
];

/** `keptDays`: null before the backend has said it. */
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
];

interface Props {
	filter: Filter;
	/** Null before the backend has said it. */
	keptDays: number | null;
	onChange: ( filter: Filter ) => void;
	busy: boolean;
	onSearch: ( filter: Filter ) => void;
}

export function FilterFields( { filter, keptDays, onChange, busy, onSearch }: Props ) {
	const set = ( change: Partial< Filter > ) => onChange( { ...filter, ...change } );
	return (
		<>
			<Row>
				<TextField
					label={ _x( 'Recipient', 'of a message', 'email-gateway' ) }
					value={ filter.recipient }
					onChange={ ( recipient ) => set( { recipient } ) }
					help={ __( 'An address, @domain, or how an address begins.', 'email-gateway' ) }
				/>
				<TextField
					label={ _x( 'Sender', 'of a message', 'email-gateway' ) }
					value={ filter.sender }
					onChange={ ( sender ) => set( { sender } ) }
					help={ __( 'An address, @domain, or how an address begins.', 'email-gateway' ) }
				/>
				<TextField
					label={ __( 'Unix User', 'email-gateway' ) }
					value={ filter.site }
					onChange={ ( site ) => set( { site } ) }
					size="short"
				/>
				<SelectField
					label={ _x( 'Outcome', 'of a message', 'email-gateway' ) }
					value={ filter.outcome }
					options={ [
						{ value: '', label: _x( 'Any', 'outcome', 'email-gateway' ) },
						...outcomes.map( ( value ) => ( { value, label: mailOutcomePill( value ).word } ) ),
					] }
					onChange={ ( outcome ) => set( { outcome } ) }
				/>
				<SelectField
					size="normal"
					label={ _x( 'Time', 'of a message', 'email-gateway' ) }
					value={ String( filter.hours ) }
					options={ periods( keptDays ) }
					onChange={ ( hours ) => set( { hours: Number( hours ) } ) }
				/>
			</Row>
			{ filter.cause !== '' && (
				<p>
					{ sprintf(
						/* translators: %s: a sentence, e.g. The provider refused the login. */
						__( 'Only messages with this cause: %s', 'email-gateway' ),
						causeWords( { cause: filter.cause as never } )?.happened ?? filter.cause
					) }
				</p>
			) }
			<Actions>
				<ActionButton busy={ busy } onClick={ () => onSearch( filter ) }>
					{ _x( 'Search', 'button', 'email-gateway' ) }
				</ActionButton>
				<ActionButton
					variant="tertiary"
					disabled={ busy }
					onClick={ () => {
						onChange( noFilter );
						onSearch( noFilter );
					} }
				>
					{ _x( 'Clear', 'button', 'email-gateway' ) }
				</ActionButton>
			</Actions>
		</>
	);
}
