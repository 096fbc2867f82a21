import { useCallback, useMemo, useState } from '@wordpress/element';
import { Spinner } from '@wordpress/components';
import { __, _x } from '@wordpress/i18n';
import type { ResponseOf } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useAnswer } from '../api/use-answer.ts';
import type { Source } from '../mail-log/source.ts';
import { Row } from '../ui/card.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { SelectField } from '../ui/fields.tsx';
import { beginnings, rowsOf, sitesIn, type Period } from './mail-rows.ts';
import { MailPictures } from './mail-pictures.tsx';

/** How much was accepted, waits and was refused, and how long it took. Asked for when it is opened. */
export function MailPlots( { source, isOpen = false }: { source: Source; isOpen?: boolean } ) {
	const [ wasOpened, setOpened ] = useState( isOpen );
	return (
		<Disclosure
			summary={ __( 'Volume and Speed', 'email-gateway' ) }
			isOpen={ isOpen }
			onToggle={ ( opened ) => opened && setOpened( true ) }
		>
			{ wasOpened && <Plots source={ source } /> }
		</Disclosure>
	);
}

const periods: Record< 'hours' | 'week' | 'days' | 'months', Period & { words: () => string } > = {
	hours: { per: 'hour', count: 24, words: () => __( 'The last 24 hours, by hour', 'email-gateway' ) },
	week: { per: 'hour', count: 168, words: () => __( 'The last 7 days, by hour', 'email-gateway' ) },
	days: { per: 'day', count: 30, words: () => __( 'The last 30 days, by day', 'email-gateway' ) },
	months: { per: 'month', count: 13, words: () => __( 'The last 13 months, by month', 'email-gateway' ) },
};
const all = '*';

function Plots( { source }: { source: Source } ) {
	const [ period, setPeriod ] = useState< keyof typeof periods >( 'hours' );
	const [ server, setServer ] = useState( 'serverId' in source ? String( source.serverId ) : all );
	const [ site, setSite ] = useState( all );
	const { per, count } = periods[ period ];
	// sites of several servers may have the same names
	const of = server === all ? 'all' : 'site';
	const ids = server === all && ! ( 'serverId' in source ) ? [ ...source.servers.keys() ].join( ',' ) : server;
	const from = useMemo( () => beginnings( { per, count }, Date.now() ), [ per, count ] );
	const ask = useCallback(
		( signal: AbortSignal ) => {
			const to = new Date( Date.now() + 86_400_000 ).toISOString();
			return call( 'mailCounters', { query: { ids, per, of, from: from[ 0 ] ?? to, to }, signal } );
		},
		[ ids, per, of, from ]
	);
	const { answer, problem, retry } = useAnswer( ask );
	const names = answer ? sitesIn( answer.counts ) : [];
	return (
		<div className="email-gateway-form">
			<Row>
				<SelectField
					size="normal"
					label={ _x( 'Time', 'of a message', 'email-gateway' ) }
					value={ period }
					options={ Object.entries( periods ).map( ( [ value, { words } ] ) => ( {
						value: value as keyof typeof periods,
						label: words(),
					} ) ) }
					onChange={ setPeriod }
				/>
				{ ! ( 'serverId' in source ) && (
					<SelectField
						size="normal"
						label={ _x( 'Server', 'column', 'email-gateway' ) }
						value={ server }
						options={ [
							{ value: all, label: __( 'All servers', 'email-gateway' ) },
							...[ ...source.servers ].map( ( [ id, label ] ) => ( { value: String( id ), label } ) ),
						] }
						onChange={ ( value ) => {
							setServer( value );
							setSite( all );
						} }
					/>
				) }
				{ names.length > 0 && (
					<SelectField
						size="normal"
						label={ __( 'Unix User', 'email-gateway' ) }
						value={ names.includes( site ) ? site : all }
						options={ [
							{ value: all, label: _x( 'All', 'messages', 'email-gateway' ) },
							...names.map( ( name ) => ( { value: name, label: name } ) ),
						] }
						onChange={ setSite }
					/>
				) }
			</Row>
			{ problem && <ProblemNotice problem={ problem } onRetry={ retry } /> }
			{ ! problem && ! answer && <Spinner /> }
			{ answer && <Counted answer={ answer } { ...{ from, per, site: names.includes( site ) ? site : null } } /> }
		</div>
	);
}

interface CountedProps {
	answer: ResponseOf< 'mailCounters' >;
	from: readonly string[];
	per: Period[ 'per' ];
	/** Null: of all. */
	site: string | null;
}

function Counted( { answer, from, per, site }: CountedProps ) {
	const rows = useMemo( () => rowsOf( answer, from, site ), [ answer, from, site ] );
	return <MailPictures rows={ rows } per={ per } />;
}
