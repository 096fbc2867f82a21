import type { PairingState } from '@email-gateway/shared';
import { askRest } from './rest.ts';

export type { PairingState };

const path = '/pairing';

export function readPairing( signal?: AbortSignal ): Promise< PairingState > {
	return askRest( { path, method: 'GET', signal } );
}

/** Pairs with the one-time code that the backend printed. */
export function pair( body: { backendUrl: string; code: string } ): Promise< PairingState > {
	return askRest( { path, method: 'POST', body } );
}

export function unpair(): Promise< PairingState > {
	return askRest( { path, method: 'DELETE' } );
}
