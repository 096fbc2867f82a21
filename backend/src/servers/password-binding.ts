import type { GatewaySettings } from '@email-gateway/shared';

type Bound = Pick< GatewaySettings, 'smtpServer' | 'userName' | 'caCertificate' >;

/**
 * A saved mail password is given out only for the SMTP Server, User Name and CA Certificate it was saved with, else
 * anyone who may edit could send it to a host of theirs. The defaults have no CA certificate.
 */
export function isBoundTo( saved: Partial< Bound >, asked: Partial< Bound > ): boolean {
	return (
		saved.smtpServer === asked.smtpServer &&
		saved.userName === asked.userName &&
		( saved.caCertificate ?? null ) === ( asked.caCertificate ?? null )
	);
}
