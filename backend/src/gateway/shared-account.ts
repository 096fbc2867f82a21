import type { GatewaySettings } from '@email-gateway/shared';
import type { Routes } from './routes.ts';

type SignIn = Pick< GatewaySettings, 'smtpServer' | 'userName' >;

const keyOf = ( { smtpServer, userName }: SignIn ) => `${ smtpServer } ${ userName }`.toLowerCase();

/**
 * Over how many ways mail leaves by an account: that of the gateway, and that of each route with the same one. Postfix limits
 * connections for each way, and a provider for each account.
 */
export function waysOf( gateway: SignIn, { list }: Routes ): ( account: SignIn ) => number {
	const ways = Map.groupBy( [ gateway, ...list.map( ( { account } ) => account ) ], keyOf );
	return ( account ) => ways.get( keyOf( account ) )?.length ?? 0;
}
