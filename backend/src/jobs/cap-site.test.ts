import { expect, test } from '@jest/globals';
import { serverWithSites } from '../../test-fixtures/server-with-sites.ts';
import { json } from '../db/tables.ts';
import { capsProgram } from '../gateway/caps.ts';
import type { Facts, FoundOver } from '../gateway/facts.ts';

const sites: Facts[ 'sites' ] = [
	{ uid: 1001, user: 'shop', folder: '/var/www/shop.test', domain: 'shop.test', environment: null },
];
const server = serverWithSites( {
	...{ serverId: 86, sites },
	fakes: {
		async resumeCap() {
			server.facts = { ...server.facts, over: [] };
		},
	},
} );
const over: FoundOver = {
	...{ uid: 1001, why: 'hour', since: 1_800_000_000, isOver: true },
	...{ hour: 200, day: 200, refused: 0, held: 3, first: '4aAaAa0Bbbz1' },
};
const cap = ( uid: number | null, choice: object ) => server.call( 'capSite', { uid, cap: choice } );
const limits = { kind: 'limits', limits: { hour: 100, day: null, refused: null } };
const program = () => server.files.get( capsProgram );
const shop = async () => ( await server.told() ).users.find( ( { uid } ) => uid === 1001 );

test( 'nothing counts on a server where nobody can be held; who is never held stays so once others can', async () => {
	await server.install();
	expect( await cap( null, { kind: 'never' } ) ).toMatchObject( { state: 'succeeded' } );
	expect( [ program(), ( await server.told() ).usualCap ] ).toEqual( [ undefined, null ] );
	await cap( 1001, { kind: 'never' } );
	expect( [ program(), ( await shop() )?.cap ] ).toEqual( [ undefined, { own: true, limits: null } ] );
	await cap( null, limits );
	expect( program() ).toContain( ' *:100:-:- 1001:-:-:-' );
} );

test( 'who is let send again is shown so at once, not after the next look', async () => {
	const { db } = server.app();
	const { id } = await db.selectFrom( 'servers' ).select( 'id' ).executeTakeFirstOrThrow();
	const log = { server: id, head: '', position: 0, tls: json( {} ), readAt: new Date() };
	await db.insertInto( 'mailLogs' ).values( log ).execute();
	server.facts = { ...server.facts, over: [ over ] };
	const check = await server.site().call( 'checkConnection', { serverId: 86 } );
	await server.ended( check.body.jobId );
	expect( ( await shop() )?.over ).toMatchObject( { held: 3 } );
	expect( await server.call( 'resumeSite', { uid: 1001, held: 'keep' } ) ).toMatchObject( { state: 'succeeded' } );
	expect( ( await shop() )?.over ).toBeNull();
} );
