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
	open: () => _x( 'open', 'port', 'email-gateway' ),
	closed: () => __( 'closed: refused at once', 'email-gateway' ),
	silent: () => __( 'silent: nothing answers, perhaps blocked by the cloud', 'email-gateway' ),
};

/** The table of what was seen, from the way to the login. What nobody could look at has no row. */
export function checkedRows( { port, ports, tls, login }: CheckedSettings ): CheckedRow[] {
	return [
		...ports.map( ( found ) => ( {
			/* translators: %d: number of a port */
			what: sprintf( __( 'Port %d', 'email-gateway' ), found.port ),
			seen: portSeen( found ),
			// what other ports do does not matter for mail
			good: found.port === port ? found.state === 'open' : null,
		} ) ),
		...( tls ? tlsRows( tls ) : [] ),
		{ what: _x( 'Login', 'at the provider', 'email-gateway' ), ...loginWords[ login ]() },
	];
}

const speechWords: Record< PortSpeech, () => string > = {
	implicit: () => __( 'encrypted from the first byte', 'email-gateway' ),
	starttls: () => __( 'encrypted by STARTTLS', 'email-gateway' ),
	plain: () => __( 'offers no encryption', 'email-gateway' ),
};

/** `open; encrypted by STARTTLS`: IPv4 and IPv6 apart only where they differ. */
function portSeen( { state, ipv4, ipv6, speaks }: CheckedPort ): string {
	const states =
		ipv4 && ipv6 && ipv4 !== ipv6
			? [ `IPv4 ${ portWords[ ipv4 ]() }`, `IPv6 ${ portWords[ ipv6 ]() }` ]
			: [ portWords[ state ]() ];
	return [ ...states, ...( speaks ? [ speechWords[ speaks ]() ] : [] ) ].join( '; ' );
}

const loginWords: Record< CheckedSettings[ 'login' ], () => Pick< CheckedRow, 'seen' | 'good' > > = {
	accepted: () => ( { seen: _x( 'accepted', 'login', 'email-gateway' ), good: true } ),
	refused: () => ( { seen: _x( 'refused', 'login', 'email-gateway' ), good: false } ),
	not_tried: () => ( { seen: __( 'not tried: no password was sent', 'email-gateway' ), good: null } ),
};

function tlsRows( { mode, version, names, issuer, expiresAt, serverStoreAgrees }: SeenTls ): CheckedRow[] {
	const begins =
		mode === 'implicit' ? __( 'from the first byte', 'email-gateway' ) : __( 'by STARTTLS', 'email-gateway' );
	return [
		{ what: _x( 'Encryption', 'of a connection', 'email-gateway' ), seen: `${ version }, ${ begins }`, good: null },
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
		return __( 'could not be asked', 'email-gateway' );
	}
	return agrees ? __( 'verifies it, too', 'email-gateway' ) : __( 'does not verify it', 'email-gateway' );
}
