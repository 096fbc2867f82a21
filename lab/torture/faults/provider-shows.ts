import type { CertificateKind } from '../../provider/certificates.ts';
import { faultOnServer } from '../on-a-server.ts';

const certificate = ( name: string, goesWrong: string, kind: CertificateKind ) =>
	faultOnServer( {
		name,
		goesWrong,
		arrange: ( { provider } ) => provider.showCertificate( kind ),
		expect: { code: 'provider_certificate_refused', changed: 'nothing' },
		heal: ( { provider } ) => provider.heal(),
	} );

export const certificateFaults = [
	certificate( 'certificate_expired', 'The provider’s certificate is valid no more', 'expired' ),
	certificate( 'certificate_not_yet_valid', 'The provider’s certificate is valid only later', 'not_yet_valid' ),
];
