import type { GatewaySettings } from '@email-gateway/shared';
import type { Routes } from './routes.ts';

type SignIn = Pick< GatewaySettings, 'smtpServer' | 'userName' >;

const same = ( one: SignIn, other: SignIn ) =>
	one.smtpServer.toLowerCase() === other.smtpServer.toLowerCase() &&
	one.userName.toLowerCase() === other.userName.toLowerCase();

/**
 * Over how many ways mail leaves by an account: that of the gateway, and that of each route with the same one. Postfix limits
 * connections for each way, and a provider for each account.
 */
export const waysOf = ( account: SignIn, gateway: SignIn, { list }: Routes ): number =>
	[ gateway, ...list.map( ( route ) => route.account ) ].filter( ( one ) => same( one, account ) ).length;
