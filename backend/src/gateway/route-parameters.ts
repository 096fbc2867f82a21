import type { Parameter } from './main-cf.ts';
import { maySendParameters } from './may-send.ts';
import { deliveryLimits } from './provider-limits.ts';
import { hasRoutes, transportOf, type RouteAccount, type Routes } from './routes.ts';
import { waysOf } from './shared-account.ts';

interface Around {
	/** With the maps of this generation. */
	folder: string;
	/** The account of the gateway, which routes may have, too. */
	gateway: Pick< RouteAccount, 'smtpServer' | 'userName' >;
}

/** What main.cf has for routes; nothing where there is none. */
export function routeParameters( routes: Routes, { folder, gateway }: Around ): Parameter[] {
	if ( ! hasRoutes( routes ) ) {
		return [];
	}
	const ways = waysOf( gateway, routes );
	return [
		{
			name: 'email_gateway_maps',
			value: `${ folder }/`,
			why: 'our own name for the folder of the maps, for the services of routes in master.cf',
		},
		{
			name: 'sender_dependent_default_transport_maps',
			value: `texthash:${ folder }/routes`,
			why: 'the envelope sender decides by which account a message leaves; without a route it is the relayhost',
		},
		{
			name: 'smtp_header_checks',
			value: `regexp:${ folder }/smtp_header_checks`,
			why: 'the header that tells the filter who handed a message over does not leave this server',
		},
		{
			name: 'allow_percent_hack',
			value: 'no',
			why: 'user%domain stays what it says: nobody becomes another sender',
		},
		{ name: 'swap_bangpath', value: 'no', why: 'nor by domain!user' },
		...maySendParameters( routes ),
		...routes.list.flatMap( ( route ) =>
			deliveryLimits( route.account.smtpServer, ways( route.account ) )
				.filter( ( { name } ) => name.startsWith( 'smtp_destination_' ) )
				.map( ( { name, ...rest } ) => ( { name: name.replace( 'smtp', transportOf( route ) ), ...rest } ) )
		),
	];
}
