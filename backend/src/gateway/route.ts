import type { GatewaySettings } from '@email-gateway/shared';
import type { Attempt } from './diagnosis.ts';

/** The provider of the settings that are installed. */
export type Provider = Pick< GatewaySettings, 'smtpServer' | 'smtpPort' >;

/** Speak with this server only: a message that ended here never left for a provider. */
const ownAgents = [ 'local', 'virtual', 'pipe', 'lmtp', 'discard' ];

/**
 * Why a message took another way than the gateway's: another delivery agent, or another server than the one in
 * Settings. Null where it took the right way, or where the log does not tell. `provider` is null where the settings on
 * the server are not known.
 */
export function otherWay(
	{ status, relay, reason, service }: Attempt,
	provider: Provider | null
): 'not_through_gateway' | 'settings_changed_by_hand' | null {
	if ( ownAgents.includes( service ) || ( status === 'sent' && service !== 'smtp' ) ) {
		return 'not_through_gateway';
	}
	const place = relay === null ? askedFor( reason ) : placeOf( relay );
	if ( provider === null || place === null || service !== 'smtp' ) {
		return null;
	}
	const isOurs =
		place.host.toLowerCase() === provider.smtpServer.toLowerCase() &&
		( place.port === null || place.port === provider.smtpPort );
	return isOurs ? null : 'settings_changed_by_hand';
}

interface Place {
	host: string;
	port: number | null;
}

function placeOf( text: string ): Place | null {
	const [ , host, port ] = /^([^\s[]+)\[[^\]]*\](?::(\d+))?/.exec( text ) ?? [];
	return host === undefined ? null : { host, port: port === undefined ? null : Number( port ) };
}

/** Where no connection was made, Postfix names the server it wanted in its words. */
function askedFor( reason: string ): Place | null {
	const [ , connected, looked ] =
		/^connect to (\S+): |(?:\bName service error for name=|^unable to look up host )([^\s:]+)/.exec( reason ) ?? [];
	return connected === undefined
		? looked === undefined
			? null
			: { host: looked, port: null }
		: placeOf( connected );
}
