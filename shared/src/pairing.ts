import { z } from 'zod';
import { oneLine, siteUrl } from './fields.ts';

const publicKey = z.string().regex( /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/, { error: 'invalid' } );

/** What a site sends before its key expires. */
export const rotationRequest = z.strictObject( {
	/** Raw Ed25519 public key, base64 (32 bytes). */
	publicKey,
	/** By the key that is to come (actor.ts, rotateText). */
	proof: z.base64().max( 128 ),
} );

/** What a site sends once, to be known from then on. */
export const pairingRequest = z.strictObject( {
	code: oneLine( 128 ),
	/** Raw Ed25519 public key, base64 (32 bytes). */
	publicKey,
	/** By the key that is to be paired (actor.ts, pairText): whoever only knows a public key cannot pair it. */
	proof: z.base64().max( 128 ),
	siteUrl,
	/** Of the backend, as a person typed it. */
	backendUrl: siteUrl,
	siteName: oneLine( 255 ),
	/** By the key of a former pairing (actor.ts, pairAgainText): the site keeps its servers and defaults. */
	signedBy: z.strictObject( { keyId: oneLine( 128 ), signature: z.base64().max( 128 ) } ).optional(),
} );
