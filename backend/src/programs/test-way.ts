import { otherWay, type Provider } from '../gateway/route.ts';
import type { Delivery } from '../gateway/mail-log.ts';
import { routeOfUser, transportOf, type Routes } from '../gateway/routes.ts';

/** By which account a message is to leave. */
export interface Way {
	/** Null where it is not known, and then no other place is told from it. */
	provider: Provider | null;
	/** The service of its route, `gw-1`; null: that of the gateway's own account; undefined: not known. */
	transport?: string | null;
}

/** That of the mail of a Unix user. `routes` null: they are not known. */
export function wayOf( routes: Routes | null, uid: number, provider: Provider | null ): Way {
	const route = routes && routeOfUser( routes, uid );
	return route
		? { provider: route.account, transport: transportOf( route ) }
		: { provider, ...( routes && { transport: null } ) };
}

const tried = /^[^[]* postfix[^ []*?\/(?:(gw-\d{1,6})\/)?smtp\[/;

/**
 * Whether another service tried it: two accounts at one host differ in nothing else. `line` is the whole line of the log that
 * tells of the try; where smtp(8) says nothing, nothing is known.
 */
export function isOtherService( { transport }: Way, line: string ): boolean {
	const service = transport === undefined ? null : tried.exec( line );
	return service !== null && ( service[ 1 ] ?? null ) !== transport;
}

/** Whether a try was made by another account, at another place, or by no account at all. */
export const isOtherWay = ( way: Way, delivery: Delivery, line: string ): boolean =>
	otherWay( delivery, way.provider ) !== null || isOtherService( way, line );
