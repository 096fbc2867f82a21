import { mostRoutes } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import type { KeptRoute, KeptRoutes } from '../db/routes.ts';

const domainOf = ( sender: string ) => sender.slice( sender.indexOf( '@' ) + 1 );

/** The domains of senders, each once. */
export const routeDomains = ( senders: readonly string[] ): string[] => [ ...new Set( senders.map( domainOf ) ) ];

/** Whether one is the other, or an address in it: then it would not be clear whose it is. */
const meet = ( one: string, other: string ) => one === other || one === domainOf( other ) || other === domainOf( one );

/**
 * The routes with one set or put in place of the one of its user. The number stays, else it is the smallest that is free.
 * Errors: sender_of_another_route, too_many_routes.
 */
export function withRoute( { without, routes }: KeptRoutes, wanted: Omit< KeptRoute, 'number' > ): KeptRoutes {
	const others = routes.filter( ( { uid } ) => uid !== wanted.uid );
	for ( const { user, senders } of others ) {
		const taken = wanted.senders.find( ( sender ) => senders.some( ( one ) => meet( one, sender ) ) );
		if ( taken !== undefined ) {
			throw new GatewayError( 'sender_of_another_route', { sender: taken, user } );
		}
	}
	if ( others.length >= mostRoutes ) {
		throw new GatewayError( 'too_many_routes', { most: mostRoutes } );
	}
	const numbers = new Set( others.map( ( { number } ) => number ) );
	let number = routes.find( ( { uid } ) => uid === wanted.uid )?.number ?? 1;
	while ( numbers.has( number ) ) {
		number++;
	}
	const all = [ ...others, { ...wanted, number } ];
	return { without, routes: all.sort( ( a, b ) => a.number - b.number ) };
}

export const withoutRouteOf = ( { without, routes }: KeptRoutes, uid: number ): KeptRoutes => ( {
	without,
	routes: routes.filter( ( route ) => route.uid !== uid ),
} );
