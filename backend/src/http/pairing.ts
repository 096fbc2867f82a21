import { verify } from 'node:crypto';
import { endpoints, pairAgainText, pairText, type ParsedRequestOf, type ResponseOf } from '@email-gateway/shared';
import type { RequestHandler } from 'express';
import { version, type App } from '../app.ts';
import { note } from '../db/audit.ts';
import { tryPairingCode, usePairingCode } from '../db/pairing-codes.ts';
import { isSameAddress } from '../db/same-address.ts';
import { addSite, giveNewKey, siteByKey, type Site } from '../db/sites.ts';
import type { Db } from '../db/tables.ts';
import { GatewayError } from '../errors.ts';
import type { Vault } from '../vault/vault.ts';
import { jsonOf } from './request.ts';
import { publicKeyOf } from './known-keys.ts';

/**
 * Registers a site's public key with a one-time code. The code is the proof that it may; only the signature of a
 * former key proves that it is a site we know, whose servers and defaults it keeps. What was typed for another backend
 * counts nowhere else.
 */
export async function pairSite(
	{ db, vault, audience }: App,
	asked: ParsedRequestOf< 'pairSite' >,
	now: number
): Promise< ResponseOf< 'pairSite' > > {
	const { code, publicKey, siteUrl, siteName: name } = asked;
	if ( ! isSameAddress( asked.backendUrl, audience ) ) {
		throw new GatewayError( 'wrong_backend_address', { address: audience } );
	}
	const proof = Buffer.from( asked.proof, 'base64' );
	if ( ! verify( null, Buffer.from( pairText( asked ) ), publicKeyOf( publicKey ), proof ) ) {
		throw new GatewayError( 'signature_invalid', { reason: 'new_key' } );
	}
	// outside the transaction below, which would undo the count of a wrong try
	await tryPairingCode( db, vault, code );
	return db.transaction().execute( async ( tx ) => {
		await usePairingCode( tx, code );
		const former = await formerSite( tx, vault, asked );
		const site = former
			? await giveNewKey( tx, vault, former, { publicKey, name, pairedAt: new Date( now ), now } )
			: await addSite( tx, vault, { publicKey, url: siteUrl, name, now } );
		const detail = { siteUrl, again: former !== undefined };
		await note( tx, vault, { siteId: site.id, serverId: null, actor: '', action: 'site_paired', detail } );
		return { keyId: site.keyId, audience, version };
	} );
}

/** A site at another address is not taken for the one we know: a copy has its key as well. */
async function formerSite( db: Db, vault: Vault, asked: ParsedRequestOf< 'pairSite' > ): Promise< Site | undefined > {
	const { signedBy, siteUrl } = asked;
	const former = signedBy && ( await siteByKey( db, vault, signedBy.keyId ) );
	if ( ! former || former.revokedAt !== null || former.url !== siteUrl ) {
		return undefined;
	}
	const signature = Buffer.from( signedBy.signature, 'base64' );
	if ( ! verify( null, Buffer.from( pairAgainText( asked ) ), publicKeyOf( former.publicKey ), signature ) ) {
		throw new GatewayError( 'signature_invalid', { reason: 'former_key' } );
	}
	return former;
}

export function pairingHandler( app: App, now: () => number ): RequestHandler {
	const { request: input, response: output } = endpoints.pairSite;
	return async ( request, response ) => {
		const answer = await pairSite( app, input.parse( jsonOf( request ), { reportInput: true } ), now() );
		response.json( output.parse( answer ) );
	};
}
