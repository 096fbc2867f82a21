import { mailLogFor } from '../../views/mail-log.ts';
import type { Call } from '../call.ts';

/** The mail log of several servers as one. */
export const readFleetMailLog: Call< 'readFleetMailLog' > = async ( app, { ids, ...asked }, caller ) =>
	( await mailLogFor( app, caller, ids.split( ',' ).map( Number ), { listed: true } ) ).page( asked );
