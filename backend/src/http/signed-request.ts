import { actorHeader, connectionHeader } from '@email-gateway/shared';
import type { KeyObject } from 'node:crypto';

/** The parts of a request that are signed, as they came in. */
export interface SignedRequest {
	method: string;
	/** The audience URL given at pairing and the path: never from the Host header. */
	targetUri: string;
	headers: Record< string, string | string[] | undefined >;
	/** The bytes of the body, before anything read them. */
	body: Uint8Array;
}

export interface VerifyOptions< Site > {
	/** The public key of a paired site. Asked for every request, whoever made it: it must cost next to nothing. */
	findKey( keyId: string ): Promise< KeyObject | null >;
	/** The site whose signature holds. */
	findSite( keyId: string ): Promise< Site | null >;
	/** Stores a nonce; false where it was there. Called after everything else was found right. */
	storeNonce( keyId: string, nonce: string ): Promise< boolean >;
	/** Milliseconds since the epoch. */
	now: number;
}

/** The headers that count; of each all that came. */
export const readHeaders = [ 'signature', 'signature-input', 'content-digest', actorHeader, connectionHeader ];
