import { z } from 'zod';
import { domainName, hostName, mailAddress, port, smtpUserName } from './fields.ts';
import { passwordChoice } from './settings.ts';

/** What becomes of mail of sites without a route: it leaves by the gateway's own account, or is held on the server. */
export const withoutRoute = [ 'default', 'hold' ] as const;
export type WithoutRoute = ( typeof withoutRoute )[ number ];

/** A domain, or one address of it. */
export const routeSender = z.union( [ domainName, mailAddress.toLowerCase() ], { error: 'not_a_domain' } );

const account = { smtpServer: hostName, smtpPort: port, userName: smtpUserName };

/** By which account a site's mail leaves, and what it may send as. The first sender names mail that has no domain. */
export const routeInput = z.strictObject( {
	...account,
	password: passwordChoice,
	senders: z.array( routeSender ).min( 1, { error: 'required' } ).max( 20, { error: 'too_long' } ),
} );
export type RouteInput = z.infer< typeof routeInput >;

/** The most that one server has. */
export const mostRoutes = 100;

/** A route as it is installed. */
export const routeView = z.object( {
	smtpServer: z.string(),
	smtpPort: z.number(),
	userName: z.string(),
	senders: z.array( z.string() ),
	at: z.iso.datetime(),
	/** Login. */
	by: z.string(),
} );
export type RouteView = z.infer< typeof routeView >;
