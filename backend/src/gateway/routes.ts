import type { GatewaySettings } from '@email-gateway/shared';
import type { Secret } from '../vault/secret.ts';

/** What signs in at the provider. */
export type RouteAccount = Pick< GatewaySettings, 'smtpServer' | 'smtpPort' | 'userName' >;

/** The way out of some sites of a server: their mail leaves by this account only. */
export interface Route {
	/** Names its transport and files on the server; from 1. */
	number: number;
	account: RouteAccount;
	password: Secret;
	/** The Unix users of its sites. */
	users: readonly { uid: number; user: string }[];
	/** Domains and addresses that they may send as, in lower case; the first names users who are written without a domain. */
	senders: readonly string[];
	/** The address that all of it leaves as, one of `senders`; null: From stays as the site wrote it. */
	sendAs: string | null;
}

/** The routes of a server, and what becomes of mail of sites that have none: the gateway's own account, or it is held. */
export interface Routes {
	list: readonly Route[];
	without: 'default' | 'hold';
}

export const noRoutes: Routes = { list: [], without: 'default' };

export const hasRoutes = ( { list }: Routes ): boolean => list.length > 0;

/** That of a Unix user; undefined where there is none. */
export const routeOfUser = ( { list }: Routes, uid: number ): Route | undefined =>
	list.find( ( { users } ) => users.some( ( one ) => one.uid === uid ) );

/** Each account once, however many routes have it. */
export const accountsOfRoutes = ( { list }: Routes ): readonly Pick< Route, 'account' | 'password' >[] => [
	...new Map(
		list.map( ( route ) => [ JSON.stringify( [ route.account, route.password.reveal() ] ), route ] )
	).values(),
];

/** The name of its service in master.cf. */
export const transportOf = ( { number }: Pick< Route, 'number' > ) => `gw-${ number }`;

/** As maps are asked for it: an address, or `@domain`. */
const keyOf = ( sender: string ) => ( sender.includes( '@' ) ? sender : `@${ sender }` );

export const listedSenders = ( { senders }: Pick< Route, 'senders' > ) => senders.map( keyOf );

/** What a user is called in the envelope who gives none: WordPress before 6.9, cron. */
export const ownSender = ( user: string ) => `${ user.toLowerCase() }@localhost`;

/** By which envelope senders a message takes it. */
export const keysOf = ( route: Pick< Route, 'users' | 'senders' > ): string[] => [
	...route.users.map( ( { user } ) => ownSender( user ) ),
	...listedSenders( route ),
];

/** Every user with a route, and all that they may send as; `own` is the first. */
export const ownSendersOf = ( { list }: Routes ): { uid: number; own: string; senders: string[] }[] =>
	list.flatMap( ( route ) =>
		route.users.map( ( { uid, user } ) => {
			const own = ownSender( user );
			return { uid, own, senders: [ own, ...listedSenders( route ) ] };
		} )
	);
