import { mailLogFor } from '../../views/mail-log.ts';
import type { Call } from '../call.ts';

/** All recipients of one message. */
export const readMessage: Call< 'readMessage' > = async ( app, { queueId }, caller ) =>
	( await mailLogFor( app, caller, [ caller.serverId ], { listed: false } ) ).message( queueId );
