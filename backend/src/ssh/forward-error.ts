import type { Cause, ErrorCode } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import { excerpt } from './text.ts';

interface Place {
	host: string;
	port: number;
}

/** What OpenSSH writes into a failed channel, and bash to stderr, in the C locale: strerror(3) and gai_strerror(3) of the server. */
const rows: readonly { text: RegExp; code: ErrorCode; cause: Cause }[] = [
	{
		text: /temporary failure in name resolution|non-recoverable failure in name/i,
		code: 'provider_name_not_found',
		cause: 'resolver_down',
	},
	{
		text: /name or service not known|no address associated|name does not resolve|nodename nor servname|unknown host/i,
		code: 'provider_name_not_found',
		cause: 'name_not_found',
	},
	{
		text: /timed out|no route to host|network is unreachable|host is down|permission denied/i,
		code: 'provider_port_blocked',
		cause: 'port_blocked',
	},
];

/** Why the server could not connect, by its own words. */
export function forwardError( text: string, target: Place ): GatewayError {
	const { code, cause } = rows.find( ( row ) => row.text.test( text ) ) ?? {
		code: 'provider_port_closed',
		cause: 'port_closed',
	};
	return new GatewayError( code, { ...target, cause, reply: excerpt( text ) } );
}

/** How a connection is awaited: one that is answered by nothing for so long was dropped on its way. */
export const answerLimits = ( target: Place, signal: AbortSignal ) => ( {
	signal,
	timeoutMs: 8_000,
	late: () => new GatewayError( 'provider_port_blocked', { ...target, cause: 'port_blocked', reply: '' } ),
} );
