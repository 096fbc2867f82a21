import { useState } from '@wordpress/element';
import type { FoundSettings, JobView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useRequest } from '../api/use-request.ts';
import { useJob } from '../jobs/use-job.ts';

const verbs = [ 'find_settings' ] as const;

/**
 * Looks for the server of a mail address: as a job of a server, or at once where there is none, for the defaults.
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
	const { job, start } = useJob( { serverId: serverId ?? 0, verbs, latest: null, onEnd } );
	const find = async ( address: string ) => {
		setTold( undefined );
		const body = { address };
		if ( serverId === undefined ) {
			const answer = await request.send( () => call( 'findDefaults', { body } ) );
			return answer ? end( answer.found ) : undefined;
		}
		const accepted = await request.send( () => call( 'findSettings', { serverId, body } ) );
		if ( accepted ) {
			start( accepted.jobId, 'find_settings' );
		}
	};
	return { find, told, job, problem: request.problem, busy: request.busy || job?.active === true };
}
