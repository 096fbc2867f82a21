import { note } from '../../db/audit.ts';
import { forSite } from '../../db/for-site.ts';
import { serverOf } from '../../db/servers.ts';
import { lendFor, watchOf } from '../../db/watches.ts';
import { keepForLooks } from '../../jobs/supplied-connection.ts';
import { leadsTo } from '../../servers/address.ts';
import { refOf } from '../../servers/caller.ts';
import { lentView } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** WordPress lends again every five minutes; one time may fall out. */
const lentSeconds = 11 * 60;

/**
 * Keeps how to reach a server that another plugin keeps for a short time, for looks alone. `until` is null, and nothing
 * is kept, where there is no gateway to look at or where it leads elsewhere than what was trusted. That it begins is noted;
 * that it goes on is not, every five minutes.
 */
export const lendConnection: Call< 'lendConnection' > = ( { db, vault, secrets }, _input, caller ) =>
	forSite( db, caller.site, async ( tx ) => {
		const { connection, actor, now } = caller;
		const server = await serverOf( tx, vault, refOf( caller ) );
		if ( ! server || ! connection || server.signIn !== 'supplied' || ! leadsTo( connection, server ) ) {
			return lentView( null );
		}
		const before = ( await watchOf( tx, server.id ) )?.lentUntil ?? null;
		const until = await lendFor( tx, server.id, lentSeconds );
		if ( until ) {
			await keepForLooks( secrets, tx, server, connection );
		}
		if ( until && ( before === null || before.getTime() < now ) ) {
			await note( tx, vault, { ...refOf( caller ), actor: actor.login, action: 'connection_lent' } );
		}
		return lentView( until );
	} );
