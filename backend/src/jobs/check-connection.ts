import { recordOf } from '../db/change-server.ts';
import { letGoOfDefaults } from '../db/settings.ts';
import type { VerbOf } from './context.ts';
import { mailSystemOf, withLook } from './look-at.ts';
import { trustAgain } from './session.ts';

/** Connects and looks. Ends in host_key_unknown at first contact, with the key kept for the person to compare. */
export const checkConnection: VerbOf< { verb: 'check_connection' } > = ( context ) =>
	withLook( context, async ( remote, facts ) => {
		const { app, server } = context;
		await trustAgain( app, server );
		const isGone = facts.marker === null && facts.generation === 0 && facts.unfinished === null;
		return {
			result: {
				verb: 'check_connection',
				system: facts.system.prettyName,
				asRoot: remote.asRoot(),
				mailSystem: mailSystemOf( facts ),
			},
			// removed by hand, or the server was set up anew
			record: async ( tx ) => {
				if ( isGone ) {
					await recordOf( tx, server, { installedVersion: null, lastTest: null } );
					await letGoOfDefaults( tx, { siteId: server.siteId, serverId: server.serverId } );
				}
			},
		};
	} );
