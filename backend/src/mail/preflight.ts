import type { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import { getCACertificates, TLSSocket } from 'node:tls';
import SMTPConnection, { type SMTPConnectionCustomAuthContext } from 'nodemailer/lib/smtp-connection';
import { implicitTlsPorts, tlsModeOf, type GatewaySettings } from '@email-gateway/shared';
import { GatewayError, isFailure } from '../errors.ts';
import { ForwardingForbidden } from '../ssh/forward.ts';
import type { Reach } from '../ssh/address.ts';
import type { Remote } from '../ssh/remote.ts';
import type { Secret } from '../vault/secret.ts';
import { nameInGreeting } from '../gateway/providers.ts';
import { boundStream } from './bounded-stream.ts';
import { certificateName } from './certificate-name.ts';
import { signIn, usableMechanisms } from './login.ts';
import { lookAtTls } from './look-at-tls.ts';
import { mechanismError, preflightError, type SmtpFailure } from './preflight-error.ts';
import { causeOfSilence, portsToTry, preferred, probePorts, providerAddresses, usablePorts } from './reach-provider.ts';

const maxBytes = 262_144;
const timeoutMs = 60_000;
const greetingTimeoutMs = 15_000;

export interface PreflightInput {
	settings: GatewaySettings;
	password: Secret;
	signal: AbortSignal;
	/** Given for actors who are no administrators: only public addresses and mail ports are looked at. */
	reach?: Reach;
}

export interface PreflightResult {
	/** E.g. `TLSv1.3`; empty where it could not be looked at. */
	tlsVersion: string;
	certificateName: string | null;
	/** Why nothing was looked at; absent where everything was. */
	skipped?: 'forwarding_forbidden';
}

/**
 * Signs in at the provider through the server's own network and sends nothing. The certificate is judged here, by this
 * backend's roots and the CA Certificate of the form, before any credential is sent: a server could bring its own roots.
 * Errors, each with `cause` and `reply` in its detail: provider_name_not_found, provider_port_closed,
 * provider_port_blocked { openPorts }, provider_tls_failed, provider_certificate_refused, provider_login_refused,
 * provider_unavailable; server_address_refused where `reach` forbids the address.
 */
export async function preflight(
	remote: Remote,
	{ settings, password, signal, reach }: PreflightInput
): Promise< PreflightResult > {
	const { smtpServer: host, smtpPort: port } = settings;
	const limit = AbortSignal.any( [ signal, AbortSignal.timeout( timeoutMs ) ] );
	const whoever: Reach = reach ?? { mayReachLocalAddresses: true };
	let place = host;
	try {
		place = reach ? preferred( await providerAddresses( remote, { host, port, reach, signal: limit } ) ) : host;
		const stream = await remote.forward( { host: place, port }, { signal: limit } );
		return await converse( stream, { settings, password, signal: limit } );
	} catch ( error ) {
		signal.throwIfAborted();
		if ( error instanceof ForwardingForbidden ) {
			return { tlsVersion: '', certificateName: null, skipped: 'forwarding_forbidden' };
		}
		if ( isFailure( error ) ) {
			if ( error.code === 'provider_certificate_refused' ) {
				throw await withIssuer( error, remote, { settings, place, signal: limit } );
			}
			throw error.code === 'provider_port_blocked' || error.code === 'provider_port_closed'
				? await explained( error, remote, { host, port, reach: whoever, signal } )
				: error;
		}
		throw limit.aborted ? preflightError( { code: 'ETIMEDOUT', message: '' }, { host, port } ) : error;
	}
}

/** Says who issued the certificate, and whether the form has a CA Certificate, which does not fit it then. */
async function withIssuer(
	error: GatewayError,
	remote: Remote,
	{ settings, place, signal }: { settings: GatewaySettings; place: string; signal: AbortSignal }
): Promise< GatewayError > {
	const { smtpServer: host, smtpPort: port, caCertificate } = settings;
	const look = async () =>
		lookAtTls( await remote.forward( { host: place, port }, { signal } ), {
			...{ host, port, mode: tlsModeOf( port ), signal },
		} );
	const seen = await look().catch( () => null );
	return new GatewayError( error.code, {
		...error.detail,
		...( seen?.issuer ? { issuer: seen.issuer } : {} ),
		...( caCertificate ? { hasOwnCa: true } : {} ),
	} );
}

/** 587 silent while another port answers is a filter of the cloud; all silent is a cloud that blocks mail, or a provider that is down. */
async function explained(
	error: GatewayError,
	remote: Remote,
	{ host, port, reach, signal }: { host: string; port: number; reach: Reach; signal: AbortSignal }
): Promise< GatewayError > {
	const addresses = await providerAddresses( remote, { host, port, reach, signal } );
	const ports = await probePorts( remote, { host, addresses, ports: portsToTry( { host, port } ), signal } );
	return new GatewayError( error.code, {
		...error.detail,
		...( error.code === 'provider_port_blocked'
			? { cause: await causeOfSilence( remote, { ports, signal } ) }
			: {} ),
		openPorts: usablePorts( ports, port ).map( String ),
		silentPorts: ports.filter( ( { state } ) => state === 'silent' ).map( ( one ) => String( one.port ) ),
	} );
}

async function converse( stream: Duplex, { settings, password, signal }: PreflightInput ): Promise< PreflightResult > {
	const { smtpServer: host, smtpPort: port, caCertificate, userName } = settings;
	const { promise, resolve, reject } = Promise.withResolvers< PreflightResult >();
	// nodemailer rewrites what a handler throws, so the refusal is kept here
	let refusal: GatewayError | undefined;
	const connection = new SMTPConnection( {
		host,
		port,
		name: 'email-gateway.invalid',
		secure: implicitTlsPorts.includes( port ),
		requireTLS: true,
		connection: stream as unknown as Socket,
		greetingTimeout: greetingTimeoutMs,
		socketTimeout: timeoutMs,
		maxResponseSize: 65_536,
		tls: {
			servername: host,
			minVersion: 'TLSv1.2',
			rejectUnauthorized: true,
			ca: [ ...getCACertificates( 'default' ), ...( caCertificate ? [ caCertificate ] : [] ) ],
		},
		customAuth: {
			PREFLIGHT: async ( context ) => {
				refusal = await refusalOf( context, { settings, password, banner } );
				if ( refusal ) {
					throw new Error( refusal.code );
				}
			},
		},
	} );
	// nodemailer names no command for a connection that ends by itself, whenever it does
	let command = 'CONN';
	// what the server calls itself once the connection is encrypted and its certificate judged
	let banner: string | null = null;
	const fail = ( error: unknown ) => {
		const { code, originalCode, response, message, command: at } = error as SmtpFailure;
		const failure = { code, originalCode, response, banner, message, command: at === 'CONN' ? command : at };
		reject( refusal ?? preflightError( failure, { host, port } ) );
	};
	connection.on( 'error', fail );
	connection.on( 'end', () => fail( { code: 'ECONNECTION', command, message: 'The connection was closed.' } ) );
	connection.connect( ( problem?: Error | null ) => {
		if ( problem ) {
			return fail( problem );
		}
		const socket: unknown = connection._socket;
		if ( ! ( socket instanceof TLSSocket ) || ! socket.authorized ) {
			return fail( { code: 'ETLS', command: 'CONN', message: 'The connection is not encrypted.' } );
		}
		const seen = {
			tlsVersion: socket.getProtocol() ?? '',
			certificateName: certificateName( socket.getPeerCertificate(), host ),
		};
		command = 'AUTH';
		banner = nameInGreeting( connection.lastServerResponse || '' );
		connection.login( { method: 'PREFLIGHT', user: userName, pass: '-' }, ( refused?: Error | null ) =>
			refused ? fail( refused ) : resolve( seen )
		);
	} );
	boundStream( stream, { maxBytes, signal } );
	return promise.finally( () => {
		connection.close();
		stream.on( 'error', () => {} ).destroy();
	} );
}

async function refusalOf(
	context: SMTPConnectionCustomAuthContext,
	{
		settings: { smtpServer: host, smtpPort: port, userName },
		password,
		banner,
	}: Pick< PreflightInput, 'settings' | 'password' > & { banner: string | null }
): Promise< GatewayError | undefined > {
	if ( ! usableMechanisms.some( ( name ) => context.authMethods.includes( name ) ) ) {
		return mechanismError( context.authMethods, { host, port } );
	}
	const reply = await signIn( context, userName, password );
	return reply.startsWith( '235' )
		? undefined
		: preflightError( { command: 'AUTH', response: reply, banner, message: reply }, { host, port } );
}
