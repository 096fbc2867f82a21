import type { HeldBy } from '@email-gateway/shared';
import { capOfUser } from './caps.ts';
import { hasRoutes, keysOf, routeOfUser, type Routes } from './routes.ts';
import type { Rules } from './rules.ts';

/** Whose message it is, and the envelope sender with which it was handed over. */
export interface HandedOver {
	uid: number;
	sender: string;
}

/** By the rules that are in force, as the server goes through them: header_checks(5), or with routes may-send.pl. */
export function heldBy(
	{ paused, caps, routes }: Pick< Rules, 'paused' | 'caps' | 'routes' >,
	{ uid, sender }: HandedOver
): HeldBy {
	if ( paused.some( ( one ) => one.uid === uid ) ) {
		return 'pause';
	}
	if ( hasRoutes( routes ) ) {
		const own = routeOfUser( routes, uid );
		if ( own ? ! isAmong( sender, keysOf( own ) ) : isOfRoute( sender, routes ) ) {
			return 'sender';
		}
		if ( ! own && routes.without === 'hold' ) {
			return 'no_route';
		}
	}
	return capOfUser( caps, uid )?.limits ? 'cap' : 'other';
}

const isOfRoute = ( sender: string, { list }: Routes ) => list.some( ( route ) => isAmong( sender, keysOf( route ) ) );

function isAmong( sender: string, keys: readonly string[] ): boolean {
	const address = sender.toLowerCase();
	return keys.includes( address ) || keys.includes( address.slice( address.lastIndexOf( '@' ) ) );
}
