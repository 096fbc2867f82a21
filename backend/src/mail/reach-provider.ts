import { isIP } from 'node:net';
import {
	portStates,
	presetOfServer,
	tlsModeOf,
	type Cause,
	type CheckedPort,
	type ErrorCode,
	type PortState,
} from '@email-gateway/shared';
import { GatewayError, isFailure } from '../errors.ts';
import { addressKind, mayReach, type Reach } from '../ssh/address.ts';
import type { Remote } from '../ssh/remote.ts';
import { reachesAptMirror } from './apt-mirror.ts';
import { speaksAt } from './speaks-at.ts';

/** Ports on which providers take mail; nothing else may be looked at by somebody who is no administrator. */
export const mailPorts: readonly number[] = [ 25, 443, 465, 587, 588, 2465, 2525, 2587, 8025, 8465 ];
const usualPorts: readonly number[] = [ 587, 465, 2525, 443 ];

// as Postfix will (smtp_host_lookup=native): /etc/hosts counts
const resolve = `IFS= read -r host || exit 64
getent ahosts "$host" | cut -d ' ' -f 1 | sort -u | head -n 32`;

interface Where {
	host: string;
	port: number;
	signal: AbortSignal;
}

/** Literals to connect to; null where there is none of this kind. At least one is there. */
export interface Addresses {
	ipv4: string | null;
	ipv6: string | null;
}

/** The one that Postfix tries first (smtp_address_preference). */
export const preferred = ( { ipv4, ipv6 }: Addresses ): string => ipv4 ?? ipv6 ?? '';

/**
 * Resolves the provider's name on the server once. IPv6 counts only where the server has such an address itself.
 * Errors: provider_name_not_found; server_address_refused where the port or any address is out of reach.
 */
export async function providerAddresses(
	remote: Remote,
	{ host, port, reach, signal }: Where & { reach: Reach }
): Promise< Addresses > {
	const { stdout } = await remote.run( resolve, {
		stdin: Buffer.from( `${ host }\n` ),
		signal,
		timeoutMs: 20_000,
		maxBytes: 8_192,
	} );
	const addresses = stdout.split( '\n' ).filter( ( line ) => /^[0-9A-Fa-f.:]+$/.test( line ) );
	const found = {
		ipv4: addresses.find( ( address ) => isIP( address ) === 4 ) ?? null,
		ipv6: addresses.find( ( address ) => isIP( address ) === 6 ) ?? null,
	};
	if ( ! found.ipv4 && ! found.ipv6 ) {
		throw await whyNotFound( remote, { host, port, signal } );
	}
	if ( reach.mayReachLocalAddresses ) {
		return found;
	}
	const refused = addresses.find( ( address ) => ! mayReach( address, reach ) );
	if ( refused !== undefined || ! mailPorts.includes( port ) ) {
		throw new GatewayError( 'server_address_refused', {
			host,
			port,
			address: refused ?? preferred( found ),
			kind: refused ? addressKind( refused ) : 'port',
		} );
	}
	return found;
}

/** getent does not tell a name that does not exist from a resolver that is down; who opens a connection does. */
async function whyNotFound( remote: Remote, { host, port, signal }: Where ): Promise< GatewayError > {
	const detail = { host, port, cause: 'name_not_found', reply: '' } as const;
	try {
		// nobody listens on port 0, so nothing is reached should the name be found now
		( await remote.forward( { host, port: 0 }, { signal } ) ).on( 'error', () => {} ).destroy();
	} catch ( error ) {
		if ( isFailure( error, 'provider_name_not_found' ) ) {
			return new GatewayError( error.code, { ...detail, ...error.detail, port } );
		}
	}
	return new GatewayError( 'provider_name_not_found', detail );
}

/** The ports worth a try, in order: those of the provider where it is known, else the usual ones; and the chosen. */
export function portsToTry( { host, port }: { host: string; port: number } ): number[] {
	const known = presetOfServer( host )?.ports ?? usualPorts;
	return known.includes( port ) ? [ ...known ] : [ port, ...known ];
}

/**
 * How ports answer the server, IPv4 and IPv6 apart, all asked at once; and what those that are open speak.
 * Errors: ForwardingForbidden, connection_lost.
 */
export function probePorts(
	remote: Remote,
	{
		host,
		addresses,
		ports,
		signal,
	}: { host: string; addresses: Addresses; ports: readonly number[]; signal: AbortSignal }
): Promise< CheckedPort[] > {
	const probe = async ( address: string | null, port: number ) =>
		address === null ? null : stateOf( remote, { host: address, port }, signal );
	return Promise.all(
		ports.map( async ( port ) => {
			const [ ipv4, ipv6 ] = await Promise.all( [
				probe( addresses.ipv4, port ),
				probe( addresses.ipv6, port ),
			] );
			const address = ipv4 === 'open' ? addresses.ipv4 : ipv6 === 'open' ? addresses.ipv6 : null;
			const open = () => remote.forward( { host: address ?? '', port }, { signal } );
			const speaks =
				address === null ? null : await speaksAt( open, { host, port, signal } ).catch( notOpenAnyMore );
			const states = [ ipv4, ipv6 ];
			const state = portStates.find( ( one ) => states.includes( one ) ) ?? 'silent';
			return { port, state, ipv4, ipv6, speaks };
		} )
	);
}

async function stateOf(
	remote: Remote,
	place: { host: string; port: number },
	signal: AbortSignal
): Promise< PortState > {
	try {
		const stream = await remote.forward( place, { signal } );
		stream.on( 'error', () => {} ).destroy();
		return 'open';
	} catch ( error ) {
		const state = isFailure( error ) ? failedStates[ error.code ] : undefined;
		if ( state ) {
			return state;
		}
		throw error;
	}
}

const failedStates: Partial< Record< ErrorCode, PortState > > = {
	provider_port_closed: 'closed',
	provider_port_blocked: 'silent',
};

/** A provider may take no further connection for a while; that it did is what counts. */
function notOpenAnyMore( error: unknown ): null {
	if ( isFailure( error ) && failedStates[ error.code ] ) {
		return null;
	}
	throw error;
}

/** Ports to use instead of the chosen one: what they speak is what Postfix will speak there. */
export const usablePorts = ( ports: readonly CheckedPort[], chosen: number ): number[] =>
	ports.filter( ( { port, speaks } ) => port !== chosen && speaks === tlsModeOf( port ) ).map( ( { port } ) => port );

/**
 * Why a port stays silent: another one for mail answers, or none does although the server reaches its package mirror,
 * or nobody knows. No cloud blocks 443: there a provider without mail refuses, or shows its web site. Errors: connection_lost and those of `Remote.run`.
 */
export async function causeOfSilence(
	remote: Remote,
	{ ports, signal }: { ports: readonly CheckedPort[]; signal: AbortSignal }
): Promise< Cause > {
	const allSilent =
		ports.length > 1 &&
		ports.every( ( { port, state, speaks } ) =>
			port === 443 ? speaks !== tlsModeOf( port ) : state === 'silent'
		);
	return allSilent && ( await reachesAptMirror( remote, signal ) ) ? 'cloud_blocks_mail' : 'port_blocked';
}
