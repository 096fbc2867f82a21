import { mailLogFor } from '../../views/mail-log.ts';
import type { Call } from '../call.ts';

/** How many messages there were, by hour or day. */
export const mailCounters: Call< 'mailCounters' > = async ( app, { ids, ...asked }, caller ) =>
	( await mailLogFor( app, caller, ids.split( ',' ).map( Number ), { listed: true } ) ).counts( asked );
