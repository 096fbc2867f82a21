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
	/** Its id, where the log is of several. */
	server: string;
	/** Hours back from now; 0: all that is kept; below 0: from one time to another. */
	hours: number;
	/** As a browser gives them, in its own time zone. */
	from: string;
	to: string;
}

export const noFilter: Filter = {
	...{ recipient: '', sender: '', site: '', outcome: '', cause: '', server: '' },
	...{ hours: 0, from: '', to: '' },
};

const momentsOf = ( { hours, from, to }: Filter ): Record< string, Date > => {
	if ( hours > 0 ) {
		return { from: new Date( Date.now() - hours * 3_600_000 ) };
	}
	return hours < 0 ? { ...( from && { from: new Date( from ) } ), ...( to && { to: new Date( to ) } ) } : {};
};

/** One page of the log, which begins after `before`. */
export function readPage( source: Source, filter: Filter, before: string | null ): Promise< MailPage > {
	const { recipient, sender, site, outcome, cause, server } = filter;
	const query: Record< string, string > = {};
	for ( const [ name, moment ] of Object.entries( momentsOf( filter ) ) ) {
		query[ name ] = moment.toISOString();
	}
	for ( const [ name, value ] of Object.entries( { recipient, sender, site, outcome, cause } ) ) {
		if ( value.trim() !== '' ) {
			query[ name ] = value.trim();
		}
	}
	if ( before !== null ) {
		query.before = before;
	}
	return 'serverId' in source
		? call( 'readMailLog', { serverId: source.serverId, query } )
		: call( 'readFleetMailLog', { query: { ...query, ids: server || [ ...source.servers.keys() ].join( ',' ) } } );
}
