import { note } from '../../db/audit.ts';
import { serversBehind } from '../../db/account-use-of-servers.ts';
import { accountOf } from '../../db/accounts.ts';
import { passwordOfAccount } from '../../db/choose-password.ts';
import { forSite } from '../../db/for-site.ts';
import { GatewayError, isFailure } from '../../errors.ts';
import { updateServer } from '../../jobs/update-server.ts';
import { accountUpdateView } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** So many by one click, each in a transaction of its own: the answer must be there before WordPress gives up. */
const mostAtOnce = 100;

/** Brings the present values of an account to servers that have older ones; only once its provider has let it in with them. */
export const updateServers: Call< 'updateServers' > = async ( app, { id }, caller ) => {
	const { site, actor } = caller;
	const behind = await forSite( app.db, site, async ( tx ) => {
		const account = await accountOf( tx, { siteId: site.id, id } );
		if ( account.provedAt === null ) {
			throw new GatewayError( 'account_not_proved', { name: account.name } );
		}
		await passwordOfAccount( app, tx, account );
		const servers = ( await serversBehind( tx, account ) ).slice( 0, mostAtOnce );
		await note( tx, app.vault, {
			...{ siteId: site.id, serverId: null, actor: actor.login, action: 'account_servers_updated' },
			detail: { name: account.name, count: servers.length },
		} );
		return servers;
	} );
	const left = [];
	for ( const { serverId, host, ...parts } of behind ) {
		try {
			await updateServer( app, caller, { serverId, accountId: id, parts } );
		} catch ( error ) {
			if ( ! isFailure( error ) ) {
				throw error;
			}
			left.push( { serverId, host } );
		}
	}
	return accountUpdateView( { started: behind.length - left.length, left } );
};
