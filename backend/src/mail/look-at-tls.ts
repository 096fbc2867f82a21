import type { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import { TLSSocket, type PeerCertificate } from 'node:tls';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SeenTls } from '@email-gateway/shared';
import { excerpt } from '../ssh/text.ts';
import { boundStream } from './bounded-stream.ts';

const timeoutMs = 15_000;

/**
 * Looks at the encryption a provider offers, whoever signed its certificate: no credential is ever sent here, so that
 * a certificate that is refused can still be shown. Null where no encrypted connection came about.
 */
export async function lookAtTls(
	stream: Duplex,
	{ host, port, mode, signal }: { host: string; port: number; mode: SeenTls[ 'mode' ]; signal: AbortSignal }
): Promise< Omit< SeenTls, 'serverStoreAgrees' > | null > {
	const limit = AbortSignal.any( [ signal, AbortSignal.timeout( timeoutMs ) ] );
	const connection = new SMTPConnection( {
		host,
		port,
		name: 'email-gateway.invalid',
		secure: mode === 'implicit',
		requireTLS: true,
		connection: stream as unknown as Socket,
		greetingTimeout: timeoutMs,
		socketTimeout: timeoutMs,
		maxResponseSize: 65_536,
		tls: { servername: host, minVersion: 'TLSv1.2', rejectUnauthorized: false },
	} );
	const { promise, resolve } = Promise.withResolvers< Omit< SeenTls, 'serverStoreAgrees' > | null >();
	connection.on( 'error', () => resolve( null ) );
	connection.on( 'end', () => resolve( null ) );
	connection.connect( ( problem?: Error | null ) => {
		const socket: unknown = connection._socket;
		resolve( ! problem && socket instanceof TLSSocket ? { mode, ...seenOf( socket ) } : null );
	} );
	boundStream( stream, { maxBytes: 262_144, signal: limit } );
	const seen = await promise;
	connection.close();
	stream.on( 'error', () => {} ).destroy();
	signal.throwIfAborted();
	return seen;
}

function seenOf( socket: TLSSocket ): Pick< SeenTls, 'version' | 'names' | 'issuer' | 'expiresAt' > {
	const certificate: Partial< PeerCertificate > = socket.getPeerCertificate();
	const alternatives = ( certificate.subjectaltname ?? '' ).split( ', ' ).filter( Boolean );
	const names = alternatives.length ? alternatives : [ text( certificate.subject?.CN ) ?? '' ];
	const expires = new Date( certificate.valid_to ?? '' );
	return {
		version: socket.getProtocol() ?? '',
		names: names
			.slice( 0, 20 )
			.map( ( name ) => excerpt( name.replace( /^(DNS|IP Address):/, '' ) ) )
			.filter( Boolean ),
		issuer: text( certificate.issuer?.O ) ?? text( certificate.issuer?.CN ),
		expiresAt: Number.isNaN( expires.getTime() ) ? null : expires.toISOString(),
	};
}

/** A part of a name; where a certificate has several, the first. */
function text( value: string | string[] | undefined ): string | null {
	const first = Array.isArray( value ) ? value[ 0 ] : value;
	return first ? excerpt( first ) : null;
}
