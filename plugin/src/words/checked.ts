import { __, _x, sprintf } from '@wordpress/i18n';
import type { CheckedPort, CheckedSettings, PortSpeech, PortState, SeenTls } from '@email-gateway/shared';
import { fullTime } from './time.ts';

/** One line of what was seen at the provider. */
export interface CheckedRow {
	what: string;
	seen: string;
	good: boolean | null;
}

const portWords: Record< PortState, () => string > = {
	open: () => _x( 'Open.', 'port', 'email-gateway' ),
	closed: () => __( 'Closed: the connection was refused at once.', 'email-gateway' ),
	silent: () => __( 'Silent: nothing answers, perhaps because the cloud blocks this port.', 'email-gateway' ),
};

/** The table of what was seen, from the way to the login. What nobody could look at has no row. */
export function checkedRows( { port, ports, tls, login }: CheckedSettings ): CheckedRow[] {
	return [
		// what other ports do does not matter for mail
		...ports.flatMap( ( found ) => portRows( found, found.port === port ) ),
		...( tls ? tlsRows( tls ) : [] ),
		{ what: _x( 'Login', 'at the provider', 'email-gateway' ), ...loginWords[ login ]() },
	];
}

const speechWords: Record< PortSpeech, () => string > = {
	implicit: () => __( 'Open, encrypted from the first byte.', 'email-gateway' ),
	starttls: () => __( 'Open, encrypted by STARTTLS.', 'email-gateway' ),
	plain: () => __( 'Open, but offers no encryption.', 'email-gateway' ),
};

/** One row of a port; two where IPv4 and IPv6 differ. */
function portRows( { port, state, ipv4, ipv6, speaks }: CheckedPort, matters: boolean ): CheckedRow[] {
	const row = ( what: string, found: PortState ): CheckedRow => ( {
		what,
		seen: found === 'open' && speaks ? speechWords[ speaks ]() : portWords[ found ](),
		// what one of them does not reach, the other may
		good: matters && ( found === 'open' ) === ( state === 'open' ) ? found === 'open' : null,
	} );
	if ( ! ipv4 || ! ipv6 || ipv4 === ipv6 ) {
		/* translators: %d: number of a port */
		return [ row( sprintf( __( 'Port %d', 'email-gateway' ), port ), state ) ];
	}
	return [
		/* translators: %d: number of a port */
		row( sprintf( __( 'Port %d by IPv4', 'email-gateway' ), port ), ipv4 ),
		/* translators: %d: number of a port */
		row( sprintf( __( 'Port %d by IPv6', 'email-gateway' ), port ), ipv6 ),
	];
}

const loginWords: Record< CheckedSettings[ 'login' ], () => Pick< CheckedRow, 'seen' | 'good' > > = {
	accepted: () => ( { seen: _x( 'Accepted.', 'login', 'email-gateway' ), good: true } ),
	refused: () => ( { seen: _x( 'Refused.', 'login', 'email-gateway' ), good: false } ),
	not_tried: () => ( { seen: __( 'Not tried: no password was sent.', 'email-gateway' ), good: null } ),
};

function tlsRows( { mode, version, names, issuer, expiresAt, serverStoreAgrees }: SeenTls ): CheckedRow[] {
	const begins =
		mode === 'implicit'
			? /* translators: %s: version of TLS, e.g. TLSv1.3 */ __( '%s, from the first byte.', 'email-gateway' )
			: /* translators: %s: version of TLS, e.g. TLSv1.3 */ __( '%s, begun by STARTTLS.', 'email-gateway' );
	return [
		{ what: _x( 'Encryption', 'of a connection', 'email-gateway' ), seen: sprintf( begins, version ), good: null },
		{ what: __( 'Certificate for', 'email-gateway' ), seen: names.join( ', ' ), good: null },
		{ what: __( 'Issued by', 'email-gateway' ), seen: issuer ?? '–', good: null },
		{
			what: __( 'Valid until', 'email-gateway' ),
			seen: expiresAt ? fullTime( expiresAt ) : '–',
			good: expiresAt && new Date( expiresAt ).getTime() < Date.now() ? false : null,
		},
		{ what: __( 'The server’s own CA store', 'email-gateway' ), seen: storeWords( serverStoreAgrees ), good: null },
	];
}

function storeWords( agrees: SeenTls[ 'serverStoreAgrees' ] ): string {
	if ( agrees === null ) {
		return __( 'It could not be asked.', 'email-gateway' );
	}
	return agrees
		? __( 'It verifies the certificate, too.', 'email-gateway' )
		: __( 'It does not verify the certificate.', 'email-gateway' );
}
