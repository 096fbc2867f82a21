import type { SitesOfServer } from '@email-gateway/shared';
import { userName } from '../words/sites.ts';

type Told = Pick< SitesOfServer, 'users' | 'sideDoors' | 'closedDoors' >;

/** A Unix user whose side doors can be closed, with the sites that are concerned and what was seen. */
export interface DoorUser {
	uid: number;
	user: string | null;
	sites: string[];
	seen: SitesOfServer[ 'sideDoors' ];
	closed: SitesOfServer[ 'closedDoors' ][ number ] | undefined;
}

/** Those who were seen first; never root, and never Postfix. */
export function doorUsers( { users, sideDoors, closedDoors }: Told ): DoorUser[] {
	const all = [ ...users, ...closedDoors, ...sideDoors ].filter(
		( { uid, user } ) => uid !== 0 && user !== 'postfix'
	);
	const uids = [ ...new Set( all.map( ( { uid } ) => uid ) ) ];
	return uids
		.map( ( uid ) => ( {
			uid,
			user: all.find( ( one ) => one.uid === uid )?.user ?? null,
			sites: ( users.find( ( one ) => one.uid === uid )?.sites ?? [] ).map(
				( site ) => site.domain ?? site.folder
			),
			seen: sideDoors.filter( ( one ) => one.uid === uid ),
			closed: closedDoors.find( ( one ) => one.uid === uid ),
		} ) )
		.sort( ( a, b ) => Number( b.seen.length > 0 ) - Number( a.seen.length > 0 ) );
}

/** The user with the sites; panels name a user after its site, which is not said twice. */
export const doorUserName = ( user: DoorUser ): string =>
	[ ...new Set( [ userName( user ), ...user.sites ] ) ].join( ', ' );
