import { tlsModeOf, type CheckedPort, type CheckedSettings, type SeenTls } from '@email-gateway/shared';
import { isProviderFailure } from '../errors.ts';
import { ForwardingForbidden } from '../ssh/forward.ts';
import type { Remote } from '../ssh/remote.ts';
import { lookAtTls } from './look-at-tls.ts';
import { preflight, type PreflightInput } from './preflight.ts';
import { causeOfSilence, portsToTry, probePorts, providerAddresses, usablePorts } from './reach-provider.ts';
import { serverStoreAgrees } from './server-store.ts';

/**
 * Everything that can be seen of a provider from the server without changing or sending anything: its ports, its
 * certificate, its answer to the login. What speaks against the settings is part of the answer (`problem`).
 * Errors: connection_lost and those of `Remote.run`; server_address_refused where `reach` forbids the address.
 */
export async function checkProvider( remote: Remote, input: PreflightInput ): Promise< CheckedSettings > {
	const { settings, signal, reach = { mayReachLocalAddresses: true } } = input;
	const { smtpServer: host, smtpPort: port } = settings;
	const nothing: CheckedSettings = {
		...{
			port,
			ports: [],
			tls: null,
			login: 'not_tried',
			problem: null,
			skipped: null,
			openPorts: [],
			sender: null,
		},
	};
	try {
		const addresses = await providerAddresses( remote, { host, port, reach, signal } );
		const ports = await probePorts( remote, { host, addresses, ports: portsToTry( { host, port } ), signal } );
		const chosen = ports.find( ( one ) => one.port === port );
		const openPorts = usablePorts( ports, port );
		const where = { host, port };
		if ( chosen?.state === 'closed' ) {
			const detail = { ...where, cause: 'port_closed', reply: '' } as const;
			return { ...nothing, ports, openPorts, problem: { code: 'provider_port_closed', detail } };
		}
		if ( chosen?.state === 'silent' ) {
			const cause = await causeOfSilence( remote, { ports, signal } );
			const detail = { ...where, cause, reply: '', silentPorts: silentAmong( ports ) };
			return { ...nothing, ports, openPorts, problem: { code: 'provider_port_blocked', detail } };
		}
		const address = chosen?.ipv4 === 'open' ? addresses.ipv4 : addresses.ipv6;
		const mode = tlsModeOf( port );
		const seenMode = chosen?.speaks === 'implicit' || chosen?.speaks === 'starttls' ? chosen.speaks : mode;
		const tls = await tlsAt( remote, { ...where, address: address ?? host, mode: seenMode, signal } );
		if ( seenMode !== mode ) {
			const detail = { ...where, cause: 'tls_mode_unexpected', reply: '' } as const;
			return { ...nothing, ports, openPorts, tls, problem: { code: 'provider_tls_failed', detail } };
		}
		const { login, problem } = await loginOf( remote, input );
		return {
			...nothing,
			ports,
			tls,
			login,
			problem,
			// where this way into TLS fails, the other may do
			openPorts:
				problem?.code === 'provider_tls_failed'
					? openPorts.filter( ( open ) => tlsModeOf( open ) !== mode )
					: [],
		};
	} catch ( error ) {
		if ( error instanceof ForwardingForbidden ) {
			return { ...nothing, skipped: 'forwarding_forbidden' };
		}
		if ( isProviderFailure( error ) ) {
			return { ...nothing, problem: error.failure };
		}
		throw error;
	}
}

const silentAmong = ( ports: readonly CheckedPort[] ): string[] =>
	ports.filter( ( { state } ) => state === 'silent' ).map( ( { port } ) => String( port ) );

async function tlsAt(
	remote: Remote,
	{
		host,
		address,
		port,
		mode,
		signal,
	}: { host: string; address: string; port: number; mode: SeenTls[ 'mode' ]; signal: AbortSignal }
): Promise< CheckedSettings[ 'tls' ] > {
	const stream = await remote.forward( { host: address, port }, { signal } );
	const seen = await lookAtTls( stream, { host, port, mode, signal } );
	return (
		seen && {
			...seen,
			serverStoreAgrees: await serverStoreAgrees( remote, { host, address, port, mode, signal } ),
		}
	);
}

async function loginOf(
	remote: Remote,
	input: PreflightInput
): Promise< Pick< CheckedSettings, 'login' | 'problem' > > {
	try {
		await preflight( remote, input );
		return { login: 'accepted', problem: null };
	} catch ( error ) {
		if ( isProviderFailure( error ) ) {
			const login = error.code === 'provider_login_refused' ? 'refused' : 'not_tried';
			return { login, problem: error.failure };
		}
		throw error;
	}
}
