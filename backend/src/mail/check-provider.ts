import type { CheckedSettings } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import { ForwardingForbidden } from '../ssh/forward.ts';
import type { Remote } from '../ssh/remote.ts';
import { lookAtTls } from './look-at-tls.ts';
import { preflight, type PreflightInput } from './preflight.ts';
import { portsToTry, probePorts, providerAddress } from './reach-provider.ts';
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
		const address = await providerAddress( remote, { host, port, reach, signal } );
		const ports = await probePorts( remote, { address, ports: portsToTry( { host, port } ), signal } );
		const open = ports.filter( ( { state } ) => state === 'open' ).map( ( one ) => one.port );
		const chosen = ports.find( ( one ) => one.port === port )?.state;
		if ( chosen === 'closed' || chosen === 'silent' ) {
			return { ...nothing, ports, problem: unreachable[ chosen ]( { host, port } ), openPorts: open };
		}
		const tls = await tlsAt( remote, { host, address, port, signal } );
		const { login, problem } = await loginOf( remote, input );
		return { ...nothing, ports, tls, login, problem };
	} catch ( error ) {
		if ( error instanceof ForwardingForbidden ) {
			return { ...nothing, skipped: 'forwarding_forbidden' };
		}
		if ( error instanceof GatewayError && error.code.startsWith( 'provider_' ) ) {
			return { ...nothing, problem: { code: error.code, detail: error.detail } };
		}
		throw error;
	}
}

type Problem = NonNullable< CheckedSettings[ 'problem' ] >;
const unreachable: Record< 'closed' | 'silent', ( where: { host: string; port: number } ) => Problem > = {
	closed: ( where ) => ( { code: 'provider_port_closed', detail: { ...where, cause: 'port_closed', reply: '' } } ),
	silent: ( where ) => ( { code: 'provider_port_blocked', detail: { ...where, cause: 'port_blocked', reply: '' } } ),
};

async function tlsAt(
	remote: Remote,
	{ host, address, port, signal }: { host: string; address: string; port: number; signal: AbortSignal }
): Promise< CheckedSettings[ 'tls' ] > {
	const stream = await remote.forward( { host: address, port }, { signal } );
	const seen = await lookAtTls( stream, { host, port, signal } );
	return (
		seen && {
			...seen,
			serverStoreAgrees: await serverStoreAgrees( remote, { host, address, port, mode: seen.mode, signal } ),
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
		if ( error instanceof GatewayError && error.code.startsWith( 'provider_' ) ) {
			const login = error.code === 'provider_login_refused' ? 'refused' : 'not_tried';
			return { login, problem: { code: error.code, detail: error.detail } };
		}
		throw error;
	}
}
