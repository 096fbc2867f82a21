import type { Vault } from '../vault/vault.ts';
import type { Hash } from './addresses.ts';

/** The hashes of one site: the same address of another site has another one. */
export const addressHash =
	( vault: Pick< Vault, 'digest' >, siteId: string ): Hash =>
	( text ) =>
		vault.digest( `mail ${ siteId } ${ text }` );
