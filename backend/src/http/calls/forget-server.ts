import { note } from '../../db/audit.ts';
import { endStrayChannels } from '../../db/end-channel.ts';
import { forSite } from '../../db/for-site.ts';
import { forget } from '../../db/forget.ts';
import { currentJobs } from '../../db/jobs.ts';
import { serverOf } from '../../db/servers.ts';
import { refOf } from '../../servers/caller.ts';
import { hasGateway } from '../../servers/gateway-there.ts';
import { forgottenView } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** Deletes what we know of a server, without asking it. */
export const forgetServer: Call< 'forgetServer' > = ( app, _input, caller ) =>
	forSite( app.db, caller.site, async ( tx ) => {
		const ref = refOf( caller );
		const server = await serverOf( tx, app.vault, ref );
		if ( ! server ) {
			return forgottenView( false );
		}
		const jobs = await currentJobs( tx, ref.siteId, [ ref.serverId ] );
		const leftBehind = hasGateway( server, jobs.get( ref.serverId ) );
		await forget( tx, server );
		const entry = { ...ref, actor: caller.actor.login, action: 'server_forgotten' } as const;
		await note( tx, app.vault, { ...entry, detail: { host: server.host } } );
		await endStrayChannels( app, tx, ref.siteId, caller.actor.login );
		return forgottenView( leftBehind );
	} );
