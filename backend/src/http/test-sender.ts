import { ZodError } from 'zod';
import type { FieldProblem } from '@email-gateway/shared';
import type { Server } from '../db/servers.ts';
import { hasUnshown, settingsVersion } from '../db/settings.ts';
import type { Tx } from '../db/tables.ts';
import { GatewayError } from '../errors.ts';
import type { Caller } from './mount.ts';

/**
 * Who a test email is from: an address within the sending domain of what is installed, or one of ours there.
 * Whoever is not shown that domain names none, or it could be guessed by what is refused.
 * Errors: account_not_shown; a ZodError for `from`.
 */
export async function testSender( tx: Tx, server: Server, from: string | null, { may }: Caller ): Promise< string > {
	if ( from !== null && ! may( 'manage_defaults' ) && ( await hasUnshown( tx, server ) ) ) {
		throw new GatewayError( 'account_not_shown' );
	}
	const ref = { siteId: server.siteId, serverId: server.serverId };
	const domain = ( await settingsVersion( tx, ref, server.installedVersion ) )?.settings.sendingDomain;
	if ( from !== null && domain !== undefined && ! isWithin( from, domain ) ) {
		const message: FieldProblem = 'not_in_sending_domain';
		throw new ZodError( [ { code: 'custom', path: [ 'from' ], message, input: from } ] );
	}
	return from ?? `wordpress@${ domain }`;
}

/** Whether an address is of a domain or of one beneath it. */
function isWithin( address: string, domain: string ): boolean {
	const own = address.slice( address.lastIndexOf( '@' ) + 1 ).toLowerCase();
	return own === domain || own.endsWith( `.${ domain }` );
}
