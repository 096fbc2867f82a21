import { expect, test } from '@jest/globals';
import type { HeldBy } from '@email-gateway/shared';
import { heldBy } from './held-by.ts';
import { noRules, type Rules } from './rules.ts';
import { testRoute } from './test-routes.ts';

const limits = { hour: 200, day: null, refused: null };
const paused = ( uid: number ) => [ { uid, user: null, how: 'hold' as const } ];
const routes = ( without: 'default' | 'hold' = 'default' ): Partial< Rules > => ( {
	routes: { list: [ testRoute( 1 ), testRoute( 2 ) ], without },
} );

test.each< [ string, Partial< Rules >, number, string, HeldBy ] >( [
	[ 'a user who is paused', { paused: paused( 2001 ) }, 2001, 'a@site-1.test', 'pause' ],
	[ 'another user is paused', { paused: paused( 2002 ) }, 2001, 'a@site-1.test', 'other' ],
	[ 'a cap of their own', { caps: [ { uid: 2001, limits } ] }, 2001, 'a@site-1.test', 'cap' ],
	[ 'the cap of all', { caps: [ { uid: null, limits } ] }, 2001, 'a@site-1.test', 'cap' ],
	[
		'who is never held by a cap',
		{
			caps: [
				{ uid: null, limits },
				{ uid: 2001, limits: null },
			],
		},
		...( [ 2001, 'a@site-1.test', 'other' ] as const ),
	],
	[ 'a sender of its route', routes(), 2001, 'Shop@Site-1.test', 'other' ],
	[ 'its own name', routes(), 2001, 'site-1@localhost', 'other' ],
	[ 'a sender that its route does not list', routes(), 2001, 'a@elsewhere.test', 'sender' ],
	[ 'a sender of another route', routes(), 2001, 'a@site-2.test', 'sender' ],
	[ 'a sender of a route, and no own', routes(), 2003, 'a@site-2.test', 'sender' ],
	[ 'no route, where that is no matter', routes(), 2003, 'a@elsewhere.test', 'other' ],
	[ 'no route, where such mail is held', routes( 'hold' ), 2003, 'a@elsewhere.test', 'no_route' ],
	[ 'a pause comes before all else', { ...routes(), paused: paused( 2001 ) }, 2001, 'a@elsewhere.test', 'pause' ],
] )( '%s', ( _, rules, uid, sender, expected ) => {
	expect( heldBy( { ...noRules, ...rules }, { uid, sender } ) ).toBe( expected );
} );
