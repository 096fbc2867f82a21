import { note } from '../../db/audit.ts';
import { forSite } from '../../db/for-site.ts';
import { currentJobs } from '../../db/jobs.ts';
import { serverOf } from '../../db/servers.ts';
import { deleteSettings } from '../../db/settings.ts';
import { refOf } from '../../servers/caller.ts';
import { refuseCredentialsInUse } from '../../servers/gateway-there.ts';
import { deletedView } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** Deletes what a server's form was saved with: settings, user name and password. */
export const deleteCredentials: Call< 'deleteCredentials' > = ( { db, vault }, _input, caller ) =>
	forSite( db, caller.site, async ( tx ) => {
		const ref = refOf( caller );
		const server = await serverOf( tx, vault, ref );
		if ( ! server || server.submittedVersion === null ) {
			return deletedView( false );
		}
		const jobs = await currentJobs( tx, ref.siteId, [ ref.serverId ] );
		refuseCredentialsInUse( server, jobs.get( ref.serverId ) );
		await deleteSettings( tx, server );
		await note( tx, vault, { ...ref, actor: caller.actor.login, action: 'credentials_deleted' } );
		return deletedView( true );
	} );
