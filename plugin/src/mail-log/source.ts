import type { MailPage } from '@email-gateway/shared';
import { call } from '../api/call.ts';

/** Whose mail is shown: of one server, or of several with their names by id. */
export type Source = { serverId: number } | { servers: ReadonlyMap< number, string > };

/** What is asked for; empty strings limit nothing. */
export interface Filter {
	recipient: string;
	sender: string;
	site: string;
	outcome: string;
	cause: string;
	/** Hours back from now; 0: all that is kept. */
	hours: number;
}

export const noFilter: Filter = { recipient: '', sender: '', site: '', outcome: '', cause: '', hours: 0 };

/** One page of the log, which begins after `before`. */
export function readPage( source: Source, { hours, ...filter }: Filter, before: string | null ): Promise< MailPage > {
	const query: Record< string, string > = {};
	if ( hours > 0 ) {
		query.from = new Date( Date.now() - hours * 3_600_000 ).toISOString();
	}
	for ( const [ name, value ] of Object.entries( filter ) ) {
		if ( value.trim() !== '' ) {
			query[ name ] = value.trim();
		}
	}
	if ( before !== null ) {
		query.before = before;
	}
	return 'serverId' in source
		? call( 'readMailLog', { serverId: source.serverId, query } )
		: call( 'readFleetMailLog', { query: { ...query, ids: [ ...source.servers.keys() ].join( ',' ) } } );
}
