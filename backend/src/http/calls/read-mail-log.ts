import { mailLogFor } from '../../views/mail-log.ts';
import type { Call } from '../call.ts';

/** Who sent what and what became of it. */
export const readMailLog: Call< 'readMailLog' > = async ( app, asked, caller ) =>
	( await mailLogFor( app, caller, [ caller.serverId ], { listed: false } ) ).page( asked );
