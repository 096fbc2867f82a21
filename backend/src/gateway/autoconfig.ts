import { hostName, port, smtpUserName, tlsModeOf, type FoundSettings } from '@email-gateway/shared';

/** What a mail domain tells of its server, before anybody looked whether it may be reached. */
export type Told = Omit< FoundSettings, 'source' >;

export interface SrvRecord {
	name: string;
	port: number;
	priority: number;
	weight: number;
}

/**
 * The best of the records of one service (RFC 6186, 8314). A target of one dot means "not offered"; a port at which
 * Postfix would speak otherwise than the service says is of no use. Null where nothing is left.
 */
export function toldBySrv(
	records: readonly SrvRecord[],
	{ mode, address }: { mode: 'implicit' | 'starttls'; address: string }
): Told | null {
	const usable = records
		.filter( ( record ) => hostName.safeParse( record.name ).success && tlsModeOf( record.port ) === mode )
		.sort( ( a, b ) => a.priority - b.priority || b.weight - a.weight );
	const [ best ] = usable;
	return best ? { smtpServer: best.name.toLowerCase(), smtpPort: best.port, userName: address } : null;
}

const element = ( name: string, text: string ) =>
	new RegExp( `<${ name }>([^<]{1,300})</${ name }>` ).exec( text )?.[ 1 ]?.trim() ?? '';
const entities: Record< string, string > = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decoded = ( text: string ) =>
	text.replace( /&(amp|lt|gt|quot|apos);/g, ( _all, name: string ) => entities[ name ] ?? '' );

/**
 * The first encrypted SMTP server that takes a password in a file of Thunderbird's autoconfiguration. Read as text:
 * no entities are expanded and nothing is fetched. Null where there is none, or what it says is no server for us.
 */
export function toldByFile( xml: string, address: string ): Told | null {
	const text = xml.replace( /<!--[\s\S]*?(-->|$)/g, '' );
	for ( const [ , body = '' ] of text.matchAll(
		/<outgoingServer\s+type="smtp"\s*>([\s\S]{0,4000}?)<\/outgoingServer>/g
	) ) {
		const mode = { SSL: 'implicit', STARTTLS: 'starttls' }[ element( 'socketType', body ) ];
		const server = hostName.safeParse( decoded( element( 'hostname', body ) ) );
		const number = port.safeParse( Number( /^\d+$/.exec( element( 'port', body ) )?.[ 0 ] ) );
		const [ local = '', domain = '' ] = address.split( '@' );
		const userName = decoded( element( 'username', body ) )
			.replaceAll( '%EMAILADDRESS%', address )
			.replaceAll( '%EMAILLOCALPART%', local )
			.replaceAll( '%EMAILDOMAIN%', domain );
		const takesPassword = /<authentication>\s*(password-cleartext|plain)\s*</.test( body );
		if ( server.success && number.success && takesPassword && mode === tlsModeOf( number.data ) ) {
			const user = smtpUserName.safeParse( userName );
			return { smtpServer: server.data, smtpPort: number.data, userName: user.success ? user.data : null };
		}
	}
	return null;
}
