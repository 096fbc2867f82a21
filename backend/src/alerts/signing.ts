import { createHmac, randomBytes } from 'node:crypto';
import type { Secret } from '../vault/secret.ts';

/**
 * The signature of Standard Webhooks, which libraries in many languages check: over id, time and body, so that a
 * receiver can refuse what is old or was seen before.
 */
export function signatureHeaders(
	signingSecret: Secret,
	{ id, body, seconds }: { id: string; body: string; seconds: number }
): Record< string, string > {
	const key = Buffer.from( signingSecret.reveal().replace( /^whsec_/, '' ), 'base64' );
	const digest = createHmac( 'sha256', key ).update( `${ id }.${ seconds }.${ body }` ).digest( 'base64' );
	return { 'webhook-id': id, 'webhook-timestamp': String( seconds ), 'webhook-signature': `v1,${ digest }` };
}

/** 24 random bytes or more, base64, behind the prefix that Standard Webhooks gives. */
export const newSigningSecret = (): string => `whsec_${ randomBytes( 32 ).toString( 'base64' ) }`;
