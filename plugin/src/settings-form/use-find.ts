import { useState } from '@wordpress/element';
import type { FoundSettings, JobView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useRequest } from '../api/use-request.ts';
import { useJobCall } from '../jobs/use-job-call.ts';

const calls = [ 'findSettings' ] as const;

/**
 * Looks for the server of a mail address: as a job of a server, or at once where there is none, for an account.
 * `told` is null where nobody tells, and undefined before somebody was asked.
 */
export function useFind( {
	serverId,
	onFound,
}: {
	serverId?: number | undefined;
	onFound: ( found: FoundSettings ) => void;
} ) {
	const request = useRequest();
	const [ told, setTold ] = useState< FoundSettings | null >();
	const end = ( found: FoundSettings | null ) => {
		setTold( found );
		if ( found ) {
			onFound( found );
		}
	};
	const onEnd = ( { result }: JobView ) => result?.verb === 'find_settings' && end( result.found );
	const ofServer = useJobCall( calls, { view: { serverId: serverId ?? 0, job: null }, onEnd } );
	const find = async ( address: string ) => {
		setTold( undefined );
		if ( serverId !== undefined ) {
			return void ( await ofServer.ask( 'findSettings', { address } ) );
		}
		const answer = await request.send( () => call( 'findAccount', { body: { address } } ) );
		if ( answer ) {
			end( answer.found );
		}
	};
	return {
		find,
		told,
		job: ofServer.job,
		problem: ofServer.problem ?? request.problem,
		busy: ofServer.busy || ofServer.active || request.busy,
	};
}
