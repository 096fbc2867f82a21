import { useState } from '@wordpress/element';
import type { RequestOf } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import type { useRequest } from '../api/use-request.ts';
import { useJob } from '../jobs/use-job.ts';

const verbs = [ 'check_settings' ] as const;

/**
 * Check Settings for what is typed of an account: the backend looks from a server that it names. No useJobCall: that asks
 * a server that is known beforehand.
 */
export function useCheck(
	request: ReturnType< typeof useRequest >,
	body: () => RequestOf< 'checkAccount' >,
	onEnd: () => void
) {
	const [ from, setFrom ] = useState( { serverId: 0, host: '' } );
	const { job, start } = useJob( { serverId: from.serverId, verbs, latest: null, onEnd } );
	const check = async () => {
		const accepted = await request.send( () => call( 'checkAccount', { body: body() } ) );
		if ( accepted ) {
			setFrom( { serverId: accepted.serverId, host: accepted.host } );
			start( accepted.jobId, 'check_settings' );
		}
	};
	return { job, check, host: from.host, busy: request.busy || job?.active === true };
}
