import { GatewayError } from '../errors.ts';
import { sendingUser } from './pauses.ts';
import type { Server } from './servers.ts';
import type { Db } from './tables.ts';

/** A Unix user of a server as whom mail is sent there, with its name. Errors: unix_user_unknown. */
export async function namedUser(
	db: Db,
	server: Pick< Server, 'id' | 'lastLook' >,
	uid: number
): Promise< { uid: number; user: string } > {
	const known = await sendingUser( db, server, uid );
	if ( ! known || known.user === null ) {
		throw new GatewayError( 'unix_user_unknown', { uid, reason: known ? 'no_name' : 'unknown' } );
	}
	return { uid, user: known.user };
}
