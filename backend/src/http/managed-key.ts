import type { App } from '../app.ts';
import { managedKeyPlace } from '../db/places.ts';
import { changeConnection, type Server } from '../db/servers.ts';
import type { Db } from '../db/tables.ts';

/** The key made for one server: its private half sealed, its public half to paste there. Made when first asked for. */
export async function managedKeyOf(
	{ secrets, tools, vault }: App,
	tx: Db,
	server: Server
): Promise< { publicKey: string; installLine: string } > {
	if ( server.managedPublicKey ) {
		return { publicKey: server.managedPublicKey, installLine: installLine( server.managedPublicKey ) };
	}
	const { privateKey, publicKey } = tools.makeManagedKey( `email-gateway-${ server.id.slice( 0, 8 ) }` );
	await secrets.save( tx, managedKeyPlace( server ), privateKey );
	await changeConnection( tx, vault, server, { managedPublicKey: publicKey } );
	return { publicKey, installLine: installLine( publicKey ) };
}

/** What our jobs need of sshd besides running programs: Check Settings asks the provider through the server. */
const keyOptions = 'restrict,port-forwarding';

/**
 * One shell line that lets a public key sign in, for nothing but what our jobs do: no terminal, no agent, no X11, no
 * ~/.ssh/rc. Safe to run twice, keeps the keys that are there, and starts on a line of its own where the file does not
 * end with one.
 */
export function installLine( publicKey: string ): string {
	const line = `${ keyOptions } ${ publicKey }`;
	return `(umask 077; mkdir -p ~/.ssh && touch ~/.ssh/authorized_keys && { grep -qxF '${ line }' ~/.ssh/authorized_keys || printf '\\n%s\\n' '${ line }' >> ~/.ssh/authorized_keys; })`;
}
