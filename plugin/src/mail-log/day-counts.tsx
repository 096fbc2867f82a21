import { useCallback, useState } from '@wordpress/element';
import { Spinner } from '@wordpress/components';
import { __, _x } from '@wordpress/i18n';
import type { MailHour, MailOutcome } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { Table } from '../ui/table.tsx';
import { day } from '../words/time.ts';
import type { Source } from './source.ts';

/** How many there were each day, by what became of them. Asked for when it is opened. */
export function DayCounts( { source }: { source: Source } ) {
	const [ isOpen, setOpen ] = useState( false );
	return (
		<Disclosure
			summary={ _x( 'Recipients by Day', 'heading', 'email-gateway' ) }
			onToggle={ ( opened ) => opened && setOpen( true ) }
		>
			{ isOpen && <Counts source={ source } /> }
		</Disclosure>
	);
}

const days = 30;
const dayMs = 86_400_000;

function Counts( { source }: { source: Source } ) {
	const ids = 'serverId' in source ? String( source.serverId ) : [ ...source.servers.keys() ].join( ',' );
	const ask = useCallback(
		( signal: AbortSignal ) => {
			const now = Date.now();
			const from = new Date( Math.floor( now / dayMs - days ) * dayMs ).toISOString();
			const query = { ids, per: 'day', of: 'all', from, to: new Date( now + dayMs ).toISOString() };
			return call( 'mailCounters', { query, signal } );
		},
		[ ids ]
	);
	const { answer, problem, retry } = useAnswer( ask );
	if ( problem ) {
		return <ProblemNotice problem={ problem } onRetry={ retry } />;
	}
	if ( ! answer ) {
		return <Spinner />;
	}
	const rows = rowsOf( answer.counts );
	return rows.length === 0 ? (
		<p>{ __( 'Nothing yet.', 'email-gateway' ) }</p>
	) : (
		<Table
			caption={ __( 'Recipients of messages that arrived each day (UTC)', 'email-gateway' ) }
			columns={ [
				_x( 'Day', 'heading', 'email-gateway' ),
				_x( 'Accepted', 'heading', 'email-gateway' ),
				_x( 'Waiting', 'heading', 'email-gateway' ),
				_x( 'Refused', 'heading', 'email-gateway' ),
				_x( 'Others', 'heading', 'email-gateway' ),
			] }
			rows={ rows.map( ( { from, counts } ) => ( {
				key: from,
				cells: [ day( from ), ...counts.map( ( count ) => new Intl.NumberFormat().format( count ) ) ],
			} ) ) }
			titled
		/>
	);
}

const columnOf: Record< MailOutcome, 0 | 1 | 2 | 3 > = {
	...{ accepted: 0, waiting: 1, queued: 1, held: 1, refused: 2, expired: 2 },
	...{ deleted: 3, discarded: 3, unknown: 3 },
};

/** Newest day first; accepted, waiting, refused and others. */
export function rowsOf( counts: readonly MailHour[] ): { from: string; counts: number[] }[] {
	const found = new Map< string, number[] >();
	for ( const { from, outcome, messages } of counts ) {
		const row = found.get( from ) ?? [ 0, 0, 0, 0 ];
		row[ columnOf[ outcome ] ] = ( row[ columnOf[ outcome ] ] ?? 0 ) + messages;
		found.set( from, row );
	}
	return [ ...found ]
		.map( ( [ from, row ] ) => ( { from, counts: row } ) )
		.sort( ( a, b ) => b.from.localeCompare( a.from ) );
}
