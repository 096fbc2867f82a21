import type { PeerCertificate } from 'node:tls';
import { excerpt } from '../ssh/text.ts';

/** The name in a verified certificate that fits the host: itself, a wildcard, or where there is none the common name. */
export function certificateName( certificate: PeerCertificate, host: string ): string | null {
	const names = ( certificate.subjectaltname ?? '' )
		.split( ', ' )
		.filter( ( name ) => name.startsWith( 'DNS:' ) )
		.map( ( name ) => name.slice( 4 ) );
	const wildcard = `*${ host.slice( host.indexOf( '.' ) ) }`;
	const name =
		names.find( ( found ) => found.toLowerCase() === host ) ??
		names.find( ( found ) => found.toLowerCase() === wildcard );
	const commonName = certificate.subject?.CN as string | string[] | undefined;
	return name ?? ( typeof commonName === 'string' ? excerpt( commonName ) : null );
}
