import { useEffect, useState } from '@wordpress/element';
import { Spinner } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { Cause, MailEntry, MailPage } from '@email-gateway/shared';
import { useRequest } from '../api/use-request.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { saveFile } from '../ui/save-file.ts';
import { FilterFields } from './filter-fields.tsx';
import { KnownLogs } from './known-logs.tsx';
import { mailCsv } from './mail-csv.ts';
import { MailTable } from './mail-table.tsx';
import { noFilter, readPage, type Filter, type Source } from './source.ts';

/** Pages of fifty: an export that never ends helps nobody. */
const mostPages = 200;

/** Who sent what, and what became of it. */
export function MailLog( { source }: { source: Source } ) {
	const [ filter, setFilter ] = useState( noFilter );
	// what the pages below were asked with
	const [ asked, setAsked ] = useState( noFilter );
	const [ told, setTold ] = useState< MailPage | null >( null );
	// what was found before is no answer to a search that was refused
	const [ failed, setFailed ] = useState( false );
	const request = useRequest();
	const search = async ( wanted: Filter ) => {
		setAsked( wanted );
		const page = await request.send( () => readPage( source, wanted, null ) );
		setFailed( page === null );
		if ( page ) {
			setTold( page );
		}
	};
	const more = async () => {
		const page = await request.send( () => readPage( source, asked, told?.next ?? null ) );
		if ( page ) {
			setTold( { ...page, entries: [ ...( told?.entries ?? [] ), ...page.entries ] } );
		}
	};
	const save = async () => {
		const entries = await request.send( () => readAll( source, asked ) );
		if ( entries ) {
			saveFile( 'email-gateway-mail-log.csv', mailCsv( entries, 'servers' in source ? source.servers : null ) );
		}
	};
	const onCause = ( cause: Cause ) => {
		setFilter( { ...filter, cause } );
		void search( { ...asked, cause } );
	};
	useEffect( () => {
		void search( noFilter );
		// eslint-disable-next-line react-hooks/exhaustive-deps -- once, when it is opened
	}, [] );
	return (
		<div className="email-gateway-form">
			<p className="email-gateway-quiet">
				{ __(
					'Accepted means that the provider accepted the message. If it bounces there later, no log of the server says so.',
					'email-gateway'
				) }
			</p>
			<FilterFields
				filter={ filter }
				keptDays={ told?.keptDays ?? null }
				servers={ 'servers' in source ? source.servers : null }
				onChange={ setFilter }
				busy={ request.busy }
				onSearch={ ( wanted ) => void search( wanted ) }
			/>
			{ request.problem && <ProblemNotice problem={ request.problem } onRetry={ () => void search( asked ) } /> }
			{ ! told && request.busy && <Spinner /> }
			{ told && <KnownLogs logs={ told.logs } servers={ 'servers' in source ? source.servers : null } /> }
			{ told?.entries.length === 0 && ! failed && <p>{ __( 'No message was found.', 'email-gateway' ) }</p> }
			{ told && told.entries.length > 0 && ! failed && (
				<>
					<MailTable
						entries={ told.entries }
						servers={ 'servers' in source ? source.servers : null }
						onCause={ onCause }
					/>
					<Actions>
						{ told.next !== null && (
							<ActionButton busy={ request.busy } onClick={ () => void more() }>
								{ __( 'Show Older', 'email-gateway' ) }
							</ActionButton>
						) }
						<ActionButton variant="tertiary" disabled={ request.busy } onClick={ () => void save() }>
							{ __( 'Export as CSV', 'email-gateway' ) }
						</ActionButton>
					</Actions>
				</>
			) }
		</div>
	);
}

async function readAll( source: Source, filter: Filter ): Promise< MailEntry[] > {
	const all: MailEntry[] = [];
	let before: string | null = null;
	for ( let page = 0; page < mostPages; page++ ) {
		const told: MailPage = await readPage( source, filter, before );
		all.push( ...told.entries );
		before = told.next;
		if ( before === null ) {
			break;
		}
	}
	return all;
}
