import { askRest } from './rest.ts';

/** What WordPress itself knows of its pairing; answered by PHP alone. */
export interface PairingState {
	paired: boolean;
	/** False where the salts of wp-config.php have changed since: its key is lost. */
	keyReadable: boolean;
	/** Whether pairing again at the same backend keeps the servers: the key that shows that it is the same site is here. */
	keepsServers: boolean;
	backendUrl: string | null;
	/** The address this site was paired as. */
	siteUrl: string | null;
	/** True where this WordPress now has another address: a copy, or a move to confirm. */
	moved: boolean;
	/** Of this site's public key. */
	fingerprint: string | null;
	/** ISO 8601. */
	pairedAt: string | null;
}

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
