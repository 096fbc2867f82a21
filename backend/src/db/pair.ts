import { pairAgainText, type ParsedRequestOf } from '@email-gateway/shared';
import { refuseUnsigned } from '../servers/site-key.ts';
import type { Vault } from '../vault/vault.ts';
import { note } from './audit.ts';
import { usePairingCode } from './pairing-codes.ts';
import { addSite, giveNewKey, siteByKey, type Site } from './sites.ts';
import type { Db } from './tables.ts';

type Asked = ParsedRequestOf< 'pairSite' >;

/**
 * Registers a site's public key. Only the signature of a former key proves that it is a site we know, whose servers and
 * defaults it keeps. Errors: signature_invalid, site_revoked, pairing_code_used_up.
 */
export function pair( db: Db, vault: Vault, asked: Asked, now: number ): Promise< Site > {
	const { code, publicKey, siteUrl: url, siteName: name } = asked;
	return db.transaction().execute( async ( tx ) => {
		await usePairingCode( tx, code );
		const former = await formerSite( tx, vault, asked );
		const site = former
			? await giveNewKey( tx, vault, former, { publicKey, name, pairedAt: new Date( now ), now } )
			: await addSite( tx, vault, { publicKey, url, name, now } );
		const detail = { siteUrl: url, again: former !== undefined };
		await note( tx, vault, { siteId: site.id, serverId: null, actor: '', action: 'site_paired', detail } );
		return site;
	} );
}

/** A site at another address is not taken for the one we know: a copy has its key as well. */
async function formerSite( db: Db, vault: Vault, asked: Asked ): Promise< Site | undefined > {
	const { signedBy, siteUrl } = asked;
	const former = signedBy && ( await siteByKey( db, vault, signedBy.keyId ) );
	if ( ! former || former.revokedAt !== null || former.url !== siteUrl ) {
		return undefined;
	}
	const { publicKey } = former;
	refuseUnsigned( pairAgainText( asked ), { publicKey, signature: signedBy.signature, key: 'former_key' } );
	return former;
}
