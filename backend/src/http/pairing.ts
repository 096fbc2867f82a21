import { endpoints, type ParsedRequestOf, type ResponseOf } from '@email-gateway/shared';
import type { RequestHandler } from 'express';
import { version, type App } from '../app.ts';
import { note } from '../db/audit.ts';
import { usePairingCode } from '../db/pairing-codes.ts';
import { addSite } from '../db/sites.ts';
import { jsonOf } from './request.ts';

/** Registers a site's public key with a one-time code. Unsigned: the code is the proof. Errors: pairing_code_*. */
export async function pairSite(
	{ db, audience }: App,
	{ code, publicKey, siteUrl, siteName }: ParsedRequestOf< 'pairSite' >
): Promise< ResponseOf< 'pairSite' > > {
	// outside the transaction below, which would undo the count of a wrong try
	await usePairingCode( db, code );
	return db.transaction().execute( async ( tx ) => {
		const site = await addSite( tx, { publicKey, url: siteUrl, name: siteName } );
		await note( tx, { siteId: site.id, serverId: null, actor: '', action: 'site_paired', detail: { siteUrl } } );
		return { keyId: site.key_id, audience, version };
	} );
}

export function pairingHandler( app: App ): RequestHandler {
	const { request: input, response: output } = endpoints.pairSite;
	return async ( request, response ) => {
		const answer = await pairSite( app, input.parse( jsonOf( request ), { reportInput: true } ) );
		response.json( output.parse( answer ) );
	};
}
