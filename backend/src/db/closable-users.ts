import type { Server } from './servers.ts';
import { closedDoorsOn } from './closed-doors.ts';
import { sendingUser } from './pauses.ts';
import type { SecretStore } from './secrets.ts';
import type { Db } from './tables.ts';

type Parts = { db: Db; secrets: SecretStore };
type Of = Pick< Server, 'id' | 'siteId' | 'serverId' | 'lastLook' >;

/**
 * Of these numbers the users of a server whose side doors may be closed: they have a site, sent mail, were seen to connect
 * past the gateway, or are closed. In the order of their numbers. Never root, and never Postfix, which brings mail to the provider.
 */
export async function closableUsers(
	parts: Parts,
	server: Of,
	uids: readonly number[]
): Promise< { uid: number; user: string | null }[] > {
	const seen = await parts.db
		.selectFrom( 'sideDoors' )
		.select( [ 'uid', 'user' ] )
		.distinct()
		.where( 'server', '=', server.id )
		.execute();
	const others = [ ...( await closedDoorsOn( parts, server ) ), ...seen ].map( ( { uid, user } ) => ( {
		...{ uid: Number( uid ), user },
	} ) );
	const found = await Promise.all(
		[ ...new Set( uids ) ]
			.sort( ( a, b ) => a - b )
			.map(
				async ( uid ) =>
					( await sendingUser( parts.db, server, uid ) ) ?? others.find( ( one ) => one.uid === uid )
			)
	);
	return found.filter( ( one ) => one !== undefined ).filter( ( { uid, user } ) => uid !== 0 && user !== 'postfix' );
}
