import type { Logger } from '../logger.ts';
import type { Vault } from '../vault/vault.ts';
import { note } from './audit.ts';
import { holdServer, type Server, type ServerRef } from './servers.ts';
import { changeConnection } from './change-server.ts';
import type { Db } from './tables.ts';

/**
 * The server's row, held, for whoever is about to say anew how it is reached. A connection that we did not write is
 * noted, and cleared away: this server has none.
 */
export async function holdGenuine(
	{ vault, log }: { vault: Vault; log: Logger },
	tx: Db,
	ref: ServerRef
): Promise< Server > {
	const server = await holdServer( tx, vault, ref );
	if ( ! server.tampered ) {
		return server;
	}
	const { host } = await tx
		.selectFrom( 'servers' )
		.select( 'host' )
		.where( 'id', '=', server.id )
		.executeTakeFirstOrThrow();
	log.error( { server: server.id, host }, 'a connection that we did not write is not used' );
	await note( tx, vault, { ...ref, actor: '', action: 'record_refused', detail: { host } } );
	return changeConnection( tx, vault, server, {} );
}
