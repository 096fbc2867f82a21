import { note } from '../../db/audit.ts';
import { defaultsOf, deleteDefaults as drop } from '../../db/defaults.ts';
import { letCustomersUseIncluded } from '../../db/sites.ts';
import { defaultsView } from '../../views/defaults.ts';
import type { Call } from '../call.ts';

/**
 * Deletes the default credentials. What is installed with them goes on; nothing is offered to customers any more, so
 * that credentials saved later are offered only by a new choice.
 */
export const deleteDefaults: Call< 'deleteDefaults' > = ( { db, vault }, _input, caller ) =>
	db.transaction().execute( async ( tx ) => {
		const { site, actor } = caller;
		// the site's row first, as everybody takes them
		await letCustomersUseIncluded( tx, vault, site, false );
		const defaults = await defaultsOf( tx, site.id );
		await drop( tx, site.id );
		if ( defaults ) {
			const entry = { siteId: site.id, serverId: null, actor: actor.login, action: 'defaults_deleted' } as const;
			await note( tx, vault, { ...entry, detail: { smtpServer: defaults.settings.smtpServer } } );
		}
		return defaultsView( tx, caller, { customersMayUse: false } );
	} );
