import { useEffect, useState } from '@wordpress/element';
import { Spinner } from '@wordpress/components';
import { __, _x } from '@wordpress/i18n';
import type { AuditEntry } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useRequest } from '../api/use-request.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { Table } from '../ui/table.tsx';
import { auditWords } from '../words/audit.ts';
import { fullTime } from '../words/time.ts';
import { csv } from '../ui/csv.ts';
import { saveFile } from '../ui/save-file.ts';

/** Pages of a hundred: an export that never ends helps nobody. */
const mostPages = 100;

interface Told {
	entries: AuditEntry[];
	next: number | null;
}

/** What was done on a server, and by whom. */
export function AuditLog( { serverId }: { serverId: number } ) {
	const [ told, setTold ] = useState< Told | null >( null );
	const request = useRequest();
	const read = ( before: number ) => call( 'readAudit', { serverId, query: { before } } );
	const begin = async () => setTold( await request.send( () => read( 0 ) ) );
	const more = async () => {
		const older = told?.next && ( await request.send( () => read( told.next as number ) ) );
		if ( older ) {
			setTold( { entries: [ ...told.entries, ...older.entries ], next: older.next } );
		}
	};
	const save = async () => {
		const all = await request.send( () => readAll( read ) );
		if ( all ) {
			saveFile( `email-gateway-server-${ serverId }.csv`, auditCsv( all ) );
		}
	};
	useEffect( () => {
		void begin();
		// eslint-disable-next-line react-hooks/exhaustive-deps -- once, when it is opened
	}, [] );
	return (
		<>
			{ told && <AuditTable entries={ told.entries } /> }
			{ request.busy && <Spinner /> }
			{ request.problem && <ProblemNotice problem={ request.problem } onRetry={ () => void begin() } /> }
			{ told && told.entries.length > 0 && (
				<Actions>
					<ActionButton busy={ request.busy } onClick={ () => void save() }>
						{ __( 'Export as CSV', 'email-gateway' ) }
					</ActionButton>
					{ told.next !== null && (
						<ActionButton variant="tertiary" disabled={ request.busy } onClick={ () => void more() }>
							{ __( 'Show Older', 'email-gateway' ) }
						</ActionButton>
					) }
				</Actions>
			) }
		</>
	);
}

function AuditTable( { entries }: { entries: AuditEntry[] } ) {
	if ( entries.length === 0 ) {
		return <p>{ __( 'Nothing yet.', 'email-gateway' ) }</p>;
	}
	return (
		<Table
			columns={ [
				_x( 'When', 'column', 'email-gateway' ),
				_x( 'Who', 'column', 'email-gateway' ),
				_x( 'What', 'column', 'email-gateway' ),
			] }
			rows={ entries.map( ( entry ) => ( {
				key: entry.id,
				cells: [ fullTime( entry.at ), entry.actor || itself(), auditWords( entry ) ],
			} ) ) }
		/>
	);
}

/** What the backend did of itself. */
const itself = () => _x( 'Backend', 'who did something', 'email-gateway' );

async function readAll( read: ( before: number ) => Promise< Told > ): Promise< AuditEntry[] > {
	const all: AuditEntry[] = [];
	let before: number | null = 0;
	for ( let page = 0; before !== null && page < mostPages; page++ ) {
		const told: Told = await read( before );
		all.push( ...told.entries );
		before = told.next;
	}
	return all;
}

/** Times in UTC as ISO 8601, and beside our words what was noted. */
export function auditCsv( entries: readonly AuditEntry[] ): string {
	const head = [ 'at', 'who', 'what', 'action', 'detail' ];
	const rows = entries.map( ( entry ) => [
		entry.at,
		entry.actor,
		auditWords( entry ),
		entry.action,
		JSON.stringify( entry.detail ),
	] );
	return csv( [ head, ...rows ] );
}
