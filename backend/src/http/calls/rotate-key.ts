import { rotateText } from '@email-gateway/shared';
import { note } from '../../db/audit.ts';
import { giveNewKey } from '../../db/sites.ts';
import { refuseUnsigned } from '../../servers/site-key.ts';
import { rotatedView } from '../../views/site.ts';
import type { Call } from '../call.ts';

/** Gives the asking site another key. Its present one signed the request, the new one proves that the site has it. */
export const rotateKey: Call< 'rotateKey' > = async ( { db, vault }, { publicKey, proof }, { site, actor, now } ) => {
	const text = rotateText( { keyId: site.keyId, publicKey, siteUrl: site.url } );
	refuseUnsigned( text, { publicKey, signature: proof, key: 'new_key' } );
	return db.transaction().execute( async ( tx ) => {
		const next = await giveNewKey( tx, vault, site, { publicKey, now } );
		await note( tx, vault, { siteId: site.id, serverId: null, actor: actor.login, action: 'key_rotated' } );
		return rotatedView( next, now );
	} );
};
