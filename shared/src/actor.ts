import { z } from 'zod';
import { accessLevels, serverId, type Permission } from './endpoint.ts';
import { oneLine, siteUrl } from './fields.ts';
import { mostServers } from './limits.ts';

/** Everything that a person may be allowed. */
export const permissions = accessLevels.filter( ( level ): level is Permission => level !== 'public' );

/**
 * Who asks, as WordPress knows them: base64url of this JSON in the header `Email-Gateway-Actor`, inside the
 * signature. `may` holds for the server named in the path.
 */
export const actor = z.strictObject( {
	userId: z.int().min( 0 ),
	login: oneLine( 255 ).min( 1 ),
	/** Address of the site's administrator, where mail for root goes unless another one is given; may be empty. */
	siteAdminMail: oneLine( 254 ),
	may: z.array( z.enum( permissions as [ Permission, ...Permission[] ] ) ),
	/** User id of whose the server in the path is: one that changes hands takes nothing along. Absent for the site. */
	owner: z.int().min( 0 ).optional(),
	/** Of a call about the mail of several servers: which of them WordPress knows as the person's own. */
	own: z.array( serverId ).max( mostServers ).optional(),
	/** The person's own address as WordPress knows it, where the call asks for it (tellsMail); may be empty. */
	mail: oneLine( 254 ).optional(),
	/** home_url() of the asking WordPress: a copied database shows itself by another one. */
	siteUrl,
} );
export type Actor = z.infer< typeof actor >;

/** What is signed of a pairing. `backendUrl`: as it was typed, so that nobody passes it on to another backend. */
interface Pairing {
	code: string;
	publicKey: string;
	siteUrl: string;
	backendUrl: string;
}

/** First line of each text that a site signs besides requests: keeps one signature from being used for another purpose. */
export const purposes = {
	pair: 'email-gateway-pair-v2',
	pairAgain: 'email-gateway-pair-again-v2',
	rotate: 'email-gateway-rotate-v1',
} as const;

/** What a site signs with the key that it pairs, raw Ed25519 over UTF-8: that it has the private half. */
export function pairText( { code, publicKey, siteUrl: site, backendUrl }: Pairing ): string {
	return [ purposes.pair, code, publicKey, site, backendUrl ].join( '\n' );
}

/**
 * What a site that pairs again signs with its former key, raw Ed25519 over UTF-8. The one-time code binds it to one
 * moment, the address to one backend, the public key to whom it is for.
 */
export function pairAgainText( { code, publicKey, siteUrl: site, backendUrl }: Pairing ): string {
	return [ purposes.pairAgain, code, publicKey, site, backendUrl ].join( '\n' );
}

/** What a site signs with the key that takes the place of its present one, raw Ed25519 over UTF-8. The request itself is signed with that one. */
export function rotateText( asked: { keyId: string; publicKey: string; siteUrl: string } ): string {
	return [ purposes.rotate, asked.keyId, asked.publicKey, asked.siteUrl ].join( '\n' );
}

export const actorHeader = 'email-gateway-actor';
export const signatureTag = 'email-gateway-v1';
/** Seconds by which a signature's `created` may differ from the backend's clock. */
export const signatureWindowSeconds = 60;
