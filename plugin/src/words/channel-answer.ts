import { __, sprintf } from '@wordpress/i18n';

/**
 * Why a receiver did not take an alert, in one sentence. `answer` is what the backend keeps of it: `HTTP 404`,
 * `SMTP 535`, an error code of ours, or one of Node or OpenSSL.
 */
export function channelAnswerWords( answer: string ): string {
	const code = /^SMTP (\d{3})$/.exec( answer )?.[ 1 ];
	if ( code ) {
		return answer === 'SMTP 535'
			? __( 'The provider refused the login (535).', 'email-gateway' )
			: /* translators: %s: SMTP code */
			  sprintf( __( 'The provider refused the message (%s).', 'email-gateway' ), code );
	}
	const status = Number( /^HTTP (\d{3})$/.exec( answer )?.[ 1 ] );
	if ( status ) {
		return wordsOfStatus( status );
	}
	if ( /CERT|SIGNATURE|ISSUER/.test( answer ) ) {
		return __( 'The certificate of the receiver is not valid for this name, or not trusted.', 'email-gateway' );
	}
	/* translators: %s: an error code */
	return (
		codes[ answer ]?.() ?? sprintf( __( 'The connection to the receiver failed (%s).', 'email-gateway' ), answer )
	);
}

function wordsOfStatus( status: number ): string {
	if ( status === 404 || status === 410 ) {
		/* translators: %d: HTTP status */
		return sprintf( __( 'The receiver knows no such address (HTTP %d).', 'email-gateway' ), status );
	}
	if ( status === 401 || status === 403 ) {
		/* translators: %d: HTTP status */
		return sprintf( __( 'The receiver does not allow it (HTTP %d).', 'email-gateway' ), status );
	}
	if ( status === 429 ) {
		return __( 'The receiver has had too many messages for now (HTTP 429).', 'email-gateway' );
	}
	if ( status >= 300 && status < 400 ) {
		return sprintf(
			/* translators: %d: HTTP status */
			__( 'The receiver redirects to another address (HTTP %d), which is not followed.', 'email-gateway' ),
			status
		);
	}
	/* translators: %d: HTTP status */
	return sprintf( __( 'The receiver answered with an error (HTTP %d).', 'email-gateway' ), status );
}

const refused = () => __( 'The receiver refuses the connection.', 'email-gateway' );
const silent = () => __( 'The receiver does not answer.', 'email-gateway' );

const codes: Partial< Record< string, () => string > > = {
	server_name_not_found: () => __( 'No server has the name in this address.', 'email-gateway' ),
	server_address_refused: () =>
		__( 'The backend may not connect to this address, which is in a private network.', 'email-gateway' ),
	no_target: () => __( 'Its saved address can no longer be read. Enter it again.', 'email-gateway' ),
	not_sent: () => __( 'The site could not send it. Ask an administrator of this site.', 'email-gateway' ),
	ECONNREFUSED: refused,
	ECONNRESET: refused,
	ETIMEDOUT: silent,
	EHOSTUNREACH: silent,
	ENETUNREACH: silent,
	ESOCKET: refused,
	ECONNECTION: refused,
	ETLS: () => __( 'The provider offers no encryption.', 'email-gateway' ),
	EAUTH: () => __( 'The provider refused the login.', 'email-gateway' ),
};
