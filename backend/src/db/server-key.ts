import type { Vault } from '../vault/vault.ts';
import type { Secret } from '../vault/secret.ts';
import { managedKeyPlace } from './places.ts';
import type { SecretStore } from './secrets.ts';
import type { Server } from './servers.ts';
import { changeConnection } from './change-server.ts';
import type { Db } from './tables.ts';

/**
 * The key made for one server: its private half is sealed, its public half is to be pasted there. Made once.
 *
 * @param make gives a pair of keys with that comment
 */
export async function makeServerKey(
	{ secrets, vault }: { secrets: SecretStore; vault: Vault },
	tx: Db,
	server: Server,
	make: ( comment: string ) => { privateKey: Secret; publicKey: string }
): Promise< string > {
	if ( server.managedPublicKey ) {
		return server.managedPublicKey;
	}
	const { privateKey, publicKey } = make( `email-gateway-${ server.id.slice( 0, 8 ) }` );
	await secrets.save( tx, managedKeyPlace( server ), privateKey );
	await changeConnection( tx, vault, server, { managedPublicKey: publicKey } );
	return publicKey;
}
