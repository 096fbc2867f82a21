import { note } from '../../db/audit.ts';
import { forSite } from '../../db/for-site.ts';
import { holdGenuine } from '../../db/refuse-forgery.ts';
import { makeServerKey as make } from '../../db/server-key.ts';
import { heldFor, refOf } from '../../servers/caller.ts';
import { serverKeyView } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** Makes the key of a server, or gives the one that was made. */
export const makeServerKey: Call< 'makeServerKey' > = ( app, _input, caller ) =>
	forSite( app.db, caller.site, async ( tx ) => {
		const server = await holdGenuine( app, tx, heldFor( caller ) );
		const publicKey = await make( app, tx, server, app.tools.makeManagedKey );
		if ( server.managedPublicKey === null ) {
			const entry = { ...refOf( caller ), actor: caller.actor.login, action: 'server_key_made' } as const;
			await note( tx, app.vault, entry );
		}
		return serverKeyView( publicKey );
	} );
