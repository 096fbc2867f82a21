import { useEffect, useState } from '@wordpress/element';
import type { ConnectionView } from '@email-gateway/shared';
import { readSuppliedAddress } from '../api/supplied-address.ts';
import { thisPage, type SuppliedAddress } from '../page.ts';

/**
 * Where the panel says a server is: at first what it has in its records, then what its cloud says, asked again with
 * each connection that was checked. Where the cloud is not reached, the records stay. Null where people say it here.
 */
export function useSuppliedAddress( serverId: number, connection: ConnectionView | null ): SuppliedAddress | null {
	const [ address, setAddress ] = useState( thisPage().address );
	const isSupplied = address !== null;
	const checked = connection && `${ connection.sshUser }@${ connection.host }`;
	useEffect( () => {
		const stop = new AbortController();
		if ( isSupplied ) {
			readSuppliedAddress( serverId, stop.signal ).then( setAddress, () => {} );
		}
		return () => stop.abort();
	}, [ serverId, isSupplied, checked ] );
	return address;
}
