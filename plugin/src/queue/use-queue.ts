import { useEffect, useState } from '@wordpress/element';
import type { QueueAction, QueuePage } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useRequest, type Sending } from '../api/use-request.ts';
import { useJobCall, type JobCall } from '../jobs/use-job-call.ts';
import type { SectionProps } from '../gateway/section.ts';
import { noQueueFilter, queryOf, type ShownFilter } from './filter.ts';

const calls = [ 'refreshQueue', 'changeQueue' ] as const;
/** What was read before is read again where somebody looks. */
const freshMs = 60_000;

export interface QueueState {
	filter: ShownFilter;
	page: QueuePage | null;
	/** Ids of the messages that are ticked; they stay so when the queue is read again, as long as they are shown. */
	chosen: ReadonlySet< string >;
	choose: ( ids: readonly string[], isChosen: boolean ) => void;
	/** All that the filter leaves are chosen, also those that are not shown. */
	isAll: boolean;
	chooseAll: ( isAll: boolean ) => void;
	show: ( filter: ShownFilter ) => void;
	more: () => void;
	refresh: () => void;
	/** With those that are chosen; without a choice nothing is done. */
	change: ( action: QueueAction ) => void;
	request: Sending;
	job: JobCall< 'refreshQueue' | 'changeQueue' >;
}

export function useQueue( { view, onChange, connected }: SectionProps ): QueueState {
	const { serverId } = view;
	const [ filter, setFilter ] = useState( noQueueFilter );
	const [ page, setPage ] = useState< QueuePage | null >( null );
	const [ ticked, setTicked ] = useState< ReadonlySet< string > >( new Set() );
	const [ isAll, setAll ] = useState( false );
	const chosen = isAll ? new Set( page?.entries.map( ( { queueId } ) => queueId ) ) : ticked;
	const chooseAll = ( all: boolean ) => {
		setAll( all );
		setTicked( new Set() );
	};
	const request = useRequest();
	const read = ( wanted: ShownFilter, after = 0 ) =>
		request.send( () => call( 'readQueue', { serverId, query: queryOf( wanted, after ) } ) );
	const show = async ( wanted: ShownFilter ) => {
		setFilter( wanted );
		const told = await read( wanted );
		if ( told ) {
			setPage( told );
			// also what was ticked while it was read
			const still = told.entries.map( ( { queueId } ) => queueId );
			setTicked( ( before ) => new Set( still.filter( ( id ) => before.has( id ) ) ) );
		}
		return told;
	};
	const job = useJobCall( calls, { view, onChange, onEnd: () => void show( filter ) } );
	const refresh = () => void job.ask( 'refreshQueue' );
	useEffect( () => {
		void show( noQueueFilter ).then( ( told ) => {
			const isOld = told && ( ! told.readAt || Date.now() - Date.parse( told.readAt ) > freshMs );
			if ( isOld && connected && ! job.active ) {
				refresh();
			}
		} );
		// eslint-disable-next-line react-hooks/exhaustive-deps -- once, when it is opened
	}, [] );
	return {
		...{ filter, page, chosen, isAll, chooseAll, request, job, refresh },
		show: ( wanted ) => {
			chooseAll( false );
			void show( wanted );
		},
		choose: ( ids, isChosen ) => {
			const next = new Set( chosen );
			ids.forEach( ( id ) => ( isChosen ? next.add( id ) : next.delete( id ) ) );
			setAll( false );
			setTicked( next );
		},
		more: async () => {
			const told = page?.next ? await read( filter, page.next ) : null;
			if ( told && page ) {
				setPage( { ...told, entries: [ ...page.entries, ...told.entries ] } );
			}
		},
		change: ( action ) => {
			if ( page?.readAt && ( isAll || chosen.size > 0 ) ) {
				const which = isAll ? { filter: queryOf( filter ) } : { ids: [ ...chosen ] };
				void job.ask( 'changeQueue', { action, readAt: page.readAt, which } );
				chooseAll( false );
			}
		},
	};
}
