import { verify } from 'node:crypto';
import { rotateText, type ParsedRequestOf, type ResponseOf } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { note } from '../db/audit.ts';
import { giveNewKey, keyEnd } from '../db/sites.ts';
import { GatewayError } from '../errors.ts';
import { publicKeyOf } from './known-keys.ts';
import type { Caller } from './mount.ts';

/** Gives the asking site another key. Its present one signed the request, the new one proves that the site has it. */
export async function rotateKey(
	{ db, vault }: Pick< App, 'db' | 'vault' >,
	{ publicKey, proof }: ParsedRequestOf< 'rotateKey' >,
	{ site, actor }: Pick< Caller, 'site' | 'actor' >,
	now: number
): Promise< ResponseOf< 'rotateKey' > > {
	const text = rotateText( { keyId: site.keyId, publicKey, siteUrl: site.url } );
	if ( ! verify( null, Buffer.from( text ), publicKeyOf( publicKey ), Buffer.from( proof, 'base64' ) ) ) {
		throw new GatewayError( 'signature_invalid', { reason: 'new_key' } );
	}
	return db.transaction().execute( async ( tx ) => {
		const { keyId } = await giveNewKey( tx, vault, site, { publicKey, now } );
		await note( tx, vault, { siteId: site.id, serverId: null, actor: actor.login, action: 'key_rotated' } );
		return { keyId, expiresAt: keyEnd( now ).toISOString() };
	} );
}
