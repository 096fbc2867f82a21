import { useState } from '@wordpress/element';
import { Spinner } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { AuditEntry } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useRequest } from '../api/use-request.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { auditWords } from '../words/audit.ts';
import { fullTime } from '../words/time.ts';
import { csv } from './csv.ts';
import { saveFile } from './save-file.ts';

/** Pages of a hundred: an export that never ends helps nobody. */
const mostPages = 100;

interface Told {
	entries: AuditEntry[];
	next: number | null;
}

/** Activity, for those who may see it. Asked for when it is opened. */
export function AuditSection( { serverId }: { serverId: number } ) {
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
	return (
		<details
			className="email-gateway-disclosure email-gateway-audit"
			onToggle={ ( event ) => event.currentTarget.open && void begin() }
		>
			<summary>{ __( 'Activity', 'email-gateway' ) }</summary>
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
		</details>
	);
}

function AuditTable( { entries }: { entries: AuditEntry[] } ) {
	if ( entries.length === 0 ) {
		return <p>{ __( 'Nothing yet.', 'email-gateway' ) }</p>;
	}
	return (
		<table className="widefat striped">
			<thead>
				<tr>
					<th scope="col">{ __( 'When', 'email-gateway' ) }</th>
					<th scope="col">{ __( 'Who', 'email-gateway' ) }</th>
					<th scope="col">{ __( 'What', 'email-gateway' ) }</th>
				</tr>
			</thead>
			<tbody>
				{ entries.map( ( entry ) => (
					<tr key={ entry.id }>
						<td>{ fullTime( entry.at ) }</td>
						<td>{ entry.actor }</td>
						<td>{ auditWords( entry ) }</td>
					</tr>
				) ) }
			</tbody>
		</table>
	);
}

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
