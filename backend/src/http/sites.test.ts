import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bareFacts, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { Facts } from '../gateway/facts.ts';
import { cursorOf, keepPiece } from '../ledger/keep.ts';

let backend: TestBackend;
let site: SiteClient;
let sites: Facts[ 'sites' ] = [];
let sideDoors: Facts[ 'sideDoors' ] = [];
beforeAll( async () => {
	const { tools } = makeFakeTools();
	backend = await startBackend( { tools: { ...tools, look: async () => ( { ...bareFacts, sites, sideDoors } ) } } );
	site = await backend.site();
}, 120_000 );
afterAll( () => backend.stop() );

const found = ( uid: number, name: string, change: Partial< Facts[ 'sites' ][ number ] > = {} ) => ( {
	...{ uid, user: name, folder: `/var/www/${ name }.test/html`, domain: `${ name }.test`, environment: null },
	...change,
} );
const customer = ( owner: number, more: string[] = [ 'see_mail_log' ] ) => ( {
	...{ login: 'customer', userId: owner, owner, may: [ 'run_gateway', ...more ] as never },
} );

/** Messages of the last minutes: uid, domain of From and status. */
async function tell( serverId: number, mails: readonly ( readonly [ number, string, string ] )[] ) {
	const { db } = backend.app;
	const { id } = await db
		.selectFrom( 'servers' )
		.select( 'id' )
		.where( 'serverId', '=', serverId )
		.executeTakeFirstOrThrow();
	const after = await cursorOf( db, id );
	const [ , month = '', day = '', clockTime = '' ] =
		/^\w+ (\w+) (\d+) ([\d:]+)/.exec( new Date().toString().replace( /^(\w+ \w+ \d+) \d+/, '$1' ) ) ?? [];
	const lines = mails.flatMap( ( [ uid, domain, status ], n ) => {
		const queueId = ( 0xabc000 + after.position + n ).toString( 16 ).toUpperCase();
		const line = ( daemon: string, text: string ) =>
			`${ month } ${ day.padStart( 2 ) } ${ clockTime } web1 postfix/${ daemon }[7]: ${ queueId }: ${ text }`;
		return [
			line( 'pickup', `uid=${ uid } from=<a@${ domain }>` ),
			line( 'cleanup', `info: header From: x <a@${ domain }> from local; from=<a@${ domain }>` ),
			line( 'smtp', `to=<a@b.test>, relay=p[192.0.2.1]:587, delay=1, dsn=2.0.0, status=${ status } (250 ok)` ),
		];
	} );
	const next = { head: 'file', position: after.position + lines.length };
	const clock = { atMs: Date.now(), aheadMinutes: -new Date().getTimezoneOffset() };
	const users = [ { uid: 1009, name: 'deploy' } ];
	await keepPiece( db, id, { after, follows: true, next, lines, isMore: false, clock, users }, { isUnshown: false } );
}

test( 'sites are told by Unix user, with what each user sent', async () => {
	sites = [
		found( 1001, 'shop', { environment: 'staging' } ),
		found( 33, 'one', { user: 'www-data' } ),
		found( 33, 'two', { user: 'www-data' } ),
	];
	await connectServer( site, 41, { at: { host: '203.0.113.41' } } );
	await tell( 41, [
		[ 1001, 'shop.test', 'sent' ],
		[ 1001, 'shop.test', 'sent' ],
		[ 1001, 'other.test', 'bounced' ],
		[ 1009, 'deploy.test', 'sent' ],
		[ 0, 'root.test', 'sent' ],
	] );

	const { body } = await site.call( 'readSites', { serverId: 41 } );

	expect( body.leftOut ).toBe( false );
	expect(
		body.users.map( ( { uid, user, sites: own, senderDomains, accepted, refused, pause } ) => [
			...[ uid, user, own.map( ( { domain } ) => domain ), senderDomains, accepted, refused, pause ],
		] )
	).toEqual( [
		[ 1009, 'deploy', [], [ 'deploy.test' ], 1, 0, null ],
		[ 33, 'www-data', [ 'one.test', 'two.test' ], [], 0, 0, null ],
		[ 1001, 'shop', [ 'shop.test' ], [ 'shop.test', 'other.test' ], 2, 1, null ],
	] );
	expect( body.users[ 2 ]?.sites[ 0 ]?.environment ).toBe( 'staging' );
} );

test( 'a customer is told of their own server, and counts only where they may see the mail log', async () => {
	sites = [ found( 1001, 'shop' ) ];
	await connectServer( site, 42, { at: { host: '203.0.113.42' } } );
	await tell( 42, [ [ 1001, 'shop.test', 'sent' ] ] );

	const [ blind ] = ( await site.call( 'readSites', { serverId: 42, actor: customer( 7, [] ) } ) ).body.users;
	expect( blind ).toMatchObject( { user: 'shop', accepted: null, refused: null, held: null, senderDomains: [] } );

	// the server gets another owner: what the former one's sites sent is not told
	const [ next ] = ( await site.call( 'readSites', { serverId: 42, actor: customer( 8 ) } ) ).body.users;
	expect( next ).toMatchObject( { user: 'shop', accepted: 0, senderDomains: [] } );
} );

test( 'connections past the gateway are added up, told to who may see the mail log, and gone with the owner', async () => {
	const door = { uid: 1001, user: 'shop', address: '5A7100CB', port: 587 };
	sideDoors = [ door, { ...door, port: 25 } ];
	await connectServer( site, 44, { at: { host: '203.0.113.44' } } );
	sideDoors = [ door ];
	const { body: asked } = await site.call( 'checkConnection', { serverId: 44 } );
	await site.untilEnded( 44, asked.jobId );
	sideDoors = [];
	const told = async ( actor?: ReturnType< typeof customer > ) =>
		( await site.call( 'readSites', { serverId: 44, ...( actor && { actor } ) } ) ).body.sideDoors;
	const seen = ( await told() ).map( ( { user, address, port, looks } ) => [ user, address, port, looks ] );
	const [ first ] = seen;
	expect( first?.slice( 0, 3 ) ).toEqual( [ 'shop', '203.0.113.90', 587 ] );
	expect( seen[ 1 ]?.slice( 0, 3 ) ).toEqual( [ 'shop', '203.0.113.90', 25 ] );
	expect( Number( first?.[ 3 ] ) - Number( seen[ 1 ]?.[ 3 ] ) ).toBe( 1 );

	expect( await told( customer( 7, [] ) ) ).toEqual( [] );
	expect( await told( customer( 7 ) ) ).toHaveLength( 2 );
	expect( await told( customer( 8 ) ) ).toEqual( [] );
} );

test( 'a server that nobody looked at has none', async () => {
	const { body } = await site.call( 'readSites', { serverId: 43 } );
	expect( body ).toEqual( {
		users: [],
		usualCap: null,
		withoutRoute: 'default',
		leftOut: false,
		sideDoors: [],
		closedDoors: [],
	} );
} );
