import { presetOfServer, type PortState } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import { addressKind, mayReach, type Reach } from '../ssh/address.ts';
import type { Remote } from '../ssh/remote.ts';

/** Ports on which providers take mail; nothing else may be looked at by somebody who is no administrator. */
const mailPorts: readonly number[] = [ 25, 443, 465, 587, 588, 2465, 2525, 2587, 8025, 8465 ];
const usualPorts: readonly number[] = [ 587, 465, 2525, 443 ];

// as Postfix will (smtp_host_lookup=native): /etc/hosts counts
const resolve = `IFS= read -r host || exit 64
getent ahosts "$host" | cut -d ' ' -f 1 | sort -u | head -n 32`;

interface Where {
	host: string;
	port: number;
	signal: AbortSignal;
}

/**
 * Resolves the provider's name on the server once and gives the literal to connect to.
 * Errors: provider_name_not_found; server_address_refused where the port or any address is out of reach.
 */
export async function providerAddress(
	remote: Remote,
	{ host, port, reach, signal }: Where & { reach: Reach }
): Promise< string > {
	const { stdout } = await remote.run( resolve, {
		stdin: Buffer.from( `${ host }\n` ),
		signal,
		timeoutMs: 20_000,
		maxBytes: 8_192,
	} );
	const addresses = stdout.split( '\n' ).filter( ( line ) => /^[0-9A-Fa-f.:]+$/.test( line ) );
	const first = addresses.find( ( address ) => address.includes( '.' ) ) ?? addresses[ 0 ];
	if ( first === undefined ) {
		throw new GatewayError( 'provider_name_not_found', { host, port, cause: 'name_not_found', reply: '' } );
	}
	if ( reach.mayReachLocalAddresses ) {
		return first;
	}
	const refused = addresses.find( ( address ) => ! mayReach( address, reach ) );
	if ( refused !== undefined || ! mailPorts.includes( port ) ) {
		throw new GatewayError( 'server_address_refused', {
			host,
			port,
			address: refused ?? first,
			kind: refused ? addressKind( refused ) : 'port',
		} );
	}
	return first;
}

/** The ports worth a try, in order: those of the provider where it is known, else the usual ones; and the chosen. */
export function portsToTry( { host, port }: { host: string; port: number } ): number[] {
	const known = presetOfServer( host )?.ports ?? usualPorts;
	return known.includes( port ) ? [ ...known ] : [ port, ...known ];
}

/**
 * How ports answer the server, all asked at once. `address` is what the name was resolved to.
 * Errors: ForwardingForbidden, connection_lost, provider_name_not_found.
 */
export function probePorts(
	remote: Remote,
	{ address, ports, signal }: { address: string; ports: readonly number[]; signal: AbortSignal }
): Promise< { port: number; state: PortState }[] > {
	const probe = async ( port: number ): Promise< PortState > => {
		try {
			const stream = await remote.forward( { host: address, port }, { signal } );
			stream.on( 'error', () => {} ).destroy();
			return 'open';
		} catch ( error ) {
			const code = error instanceof GatewayError ? error.code : null;
			if ( code === 'provider_port_closed' || code === 'provider_port_blocked' ) {
				return code === 'provider_port_closed' ? 'closed' : 'silent';
			}
			throw error;
		}
	};
	return Promise.all( ports.map( async ( port ) => ( { port, state: await probe( port ) } ) ) );
}

/** Which ports of a provider answer from the server, besides the one that did not. */
export async function openPorts(
	remote: Remote,
	{ host, port, address, signal }: Where & { address: string }
): Promise< number[] > {
	const ports = portsToTry( { host, port } ).filter( ( other ) => other !== port );
	const probed = await probePorts( remote, { address, ports, signal } ).catch( () => [] );
	return probed.filter( ( { state } ) => state === 'open' ).map( ( { port: open } ) => open );
}
