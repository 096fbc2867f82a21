import { z } from 'zod';
import { endpoint, nothing } from './endpoint.ts';
import { pairingRequest, rotationRequest } from './pairing.ts';

/** A site and its pairing. */
export const endpointsOfSite = {
	pairSite: endpoint( {
		method: 'POST',
		path: '/pair',
		access: 'public',
		summary: 'Registers a site by its public key and a one-time code',
		notForBrowsers: true,
		status: 200,
		errors: [
			'pairing_code_invalid',
			'pairing_code_expired',
			'pairing_code_used_up',
			'wrong_backend_address',
			'signature_invalid',
			'site_revoked',
		],
		request: pairingRequest,
		/** `audience` is the URL that every later request is signed for: `backendUrl`, as the backend spells it. */
		response: z.object( { keyId: z.string(), audience: z.url(), version: z.string() } ),
	} ),
	confirmMove: endpoint( {
		method: 'POST',
		path: '/site/confirm-move',
		access: 'manage_site',
		summary: 'Says that this site is the paired one, now at another address',
		whenMoved: true,
		status: 200,
		errors: [ 'site_address_taken' ],
		request: nothing,
		response: z.object( { siteUrl: z.string() } ),
	} ),
	readSite: endpoint( {
		method: 'GET',
		path: '/site',
		access: 'manage_site',
		summary: 'The pairing as the backend sees it',
		status: 200,
		errors: [],
		request: nothing,
		response: z.object( {
			siteUrl: z.string(),
			pairedAt: z.iso.datetime(),
			/** null: never. */
			keyExpiresAt: z.iso.datetime().nullable(),
			version: z.string(),
			database: z.enum( [ 'embedded', 'postgresql' ] ),
			/** One copy of a folder gives away the database and the key that opens its secrets. */
			keyBesideDatabase: z.boolean(),
			servers: z.number(),
		} ),
	} ),
	rotateKey: endpoint( {
		method: 'POST',
		path: '/site/rotate-key',
		access: 'manage_site',
		summary: 'Gives the site a new key; the one that signs this is good for nothing afterwards',
		notForBrowsers: true,
		status: 200,
		/** site_revoked: also for a key that was given up once. */
		errors: [ 'signature_invalid', 'site_revoked' ],
		request: rotationRequest,
		/** `keyId`: base64url of the first bytes of the SHA-256 of the public key, 22 characters; a site can compute it. */
		response: z.object( { keyId: z.string(), expiresAt: z.iso.datetime() } ),
	} ),
	endPairing: endpoint( {
		method: 'POST',
		path: '/site/end-pairing',
		access: 'manage_site',
		summary: 'Ends the pairing: the key is good for nothing any more, and every saved secret is deleted',
		notForBrowsers: true,
		status: 200,
		errors: [],
		request: nothing,
		response: z.object( { ended: z.literal( true ) } ),
	} ),
} as const;
