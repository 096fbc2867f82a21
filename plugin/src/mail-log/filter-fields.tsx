import { __, _x } from '@wordpress/i18n';
import type { MailOutcome } from '@email-gateway/shared';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions, Row } from '../ui/card.tsx';
import { SelectField, TextField } from '../ui/fields.tsx';
import { causeChoices } from '../words/causes.ts';
import { mailOutcomePill } from '../words/mail-outcomes.ts';
import { PeriodFields } from './period-fields.tsx';
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

interface Props {
	filter: Filter;
	/** Null before the backend has said it. */
	keptDays: number | null;
	/** Names of servers by id; null where all is of one server. */
	servers: ReadonlyMap< number, string > | null;
	onChange: ( filter: Filter ) => void;
	busy: boolean;
	onSearch: ( filter: Filter ) => void;
}

export function FilterFields( { filter, keptDays, servers, onChange, busy, onSearch }: Props ) {
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
					label={ _x( 'Cause', 'of an outcome', 'email-gateway' ) }
					value={ filter.cause }
					options={ [ { value: '', label: _x( 'Any', 'outcome', 'email-gateway' ) }, ...causeChoices() ] }
					onChange={ ( cause ) => set( { cause } ) }
				/>
				{ servers && servers.size > 1 && (
					<SelectField
						label={ _x( 'Server', 'column', 'email-gateway' ) }
						value={ filter.server }
						options={ [
							{ value: '', label: __( 'All servers', 'email-gateway' ) },
							...[ ...servers ].map( ( [ id, label ] ) => ( { value: String( id ), label } ) ),
						] }
						onChange={ ( server ) => set( { server } ) }
					/>
				) }
				<PeriodFields filter={ filter } keptDays={ keptDays } onChange={ set } />
			</Row>
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
