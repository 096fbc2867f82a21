import { useEffect, useState } from '@wordpress/element';
import apiFetch from '@wordpress/api-fetch';

interface User {
	id: number;
	name: string;
}

/** Names of people by their user id; until they are known, and where they may not be read, the number. */
export function useOwnerNames( owners: readonly number[] ): ReadonlyMap< number, string > {
	const [ names, setNames ] = useState< ReadonlyMap< number, string > >( new Map() );
	const ids = owners.slice( 0, 100 ).join( ',' );
	useEffect( () => {
		if ( ids === '' ) {
			return;
		}
		const stop = new AbortController();
		const path = `/wp/v2/users?include=${ ids }&per_page=100&_fields=id,name`;
		apiFetch< User[] >( { path, signal: stop.signal } ).then(
			( users ) => setNames( new Map( users.map( ( { id, name } ) => [ id, name ] ) ) ),
			() => undefined
		);
		return () => stop.abort();
	}, [ ids ] );
	return new Map( owners.map( ( id ) => [ id, names.get( id ) ?? `#${ id }` ] ) );
}
