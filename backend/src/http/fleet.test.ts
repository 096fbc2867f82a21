import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RequestOf } from '@email-gateway/shared';
import fc from 'fast-check';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { serverMac } from '../db/genuine.ts';
import { keepIncident } from '../db/incidents.ts';
import { json } from '../db/tables.ts';

let backend: TestBackend;
let site: SiteClient;
beforeAll( async () => {
	backend = await startBackend();
	site = await backend.site();
} );
afterAll( () => backend.stop() );

const entry = ( serverId: number, name: string, owner = 1 ) => ( { serverId, name, owner } );
const mirror = ( body: RequestOf< 'mirrorServers' >, of = site ) => of.call( 'mirrorServers', { body } );
const find = async ( query: RequestOf< 'findServers' > = {}, may?: 'run_gateway'[], of = site ) => {
	const search = new URLSearchParams( query as Record< string, string > );
	return of.call( 'findServers', { query: `?${ search }`, ...( may ? { actor: { may } } : {} ) } );
};
const idsOf = async ( query: RequestOf< 'findServers' > = {} ) =>
	( await find( query ) ).body.servers.map( ( { serverId } ) => serverId );

test( 'what WordPress names in a range of ids takes the place of what was there', async () => {
	const servers = [ entry( 1, 'Web' ), entry( 5, 'alpha' ), entry( 9, 'web 100%' ) ];
	expect( ( await mirror( { firstId: 1, lastId: null, servers } ) ).body ).toEqual( { changed: 3 } );
	expect( ( await mirror( { firstId: 1, lastId: null, servers } ) ).body ).toEqual( { changed: 0 } );
	expect( await idsOf() ).toEqual( [ 5, 1, 9 ] );
	const renamed = { firstId: 5, lastId: 5, servers: [ entry( 5, 'zeta', 7 ) ] };
	expect( ( await mirror( renamed ) ).body ).toEqual( { changed: 1 } );
	expect( await idsOf( { order: 'desc' } ) ).toEqual( [ 5, 9, 1 ] );
	expect( await idsOf( { search: '0%' } ) ).toEqual( [ 9 ] );
	expect( await idsOf( { owner: 7 } ) ).toEqual( [ 5 ] );
	expect( ( await find( { size: 1, page: 2 } ) ).body ).toMatchObject( { found: 3, servers: [ { serverId: 9 } ] } );
	await mirror( { firstId: 2, lastId: 8, servers: [] } );
	expect( await idsOf() ).toEqual( [ 1, 9 ] );
} );

test( 'what the database cannot hold is refused in a search, and left out of a name', async () => {
	expect( await find( { search: 'a\0' } ) ).toMatchObject( { status: 422, body: { code: 'invalid_request' } } );
	const servers = [ entry( 1, 'Web\0\ud800 1' ), entry( 2, 'Mail' ) ];
	expect( ( await mirror( { firstId: 1, lastId: null, servers } ) ).status ).toBe( 200 );
	expect( await idsOf( { search: 'web \ufffd 1' } ) ).toEqual( [ 1 ] );
} );

test( 'what is told of a person’s servers counts nobody else’s', async () => {
	await mirror( { firstId: 1, lastId: null, servers: [ entry( 1, 'mine' ), entry( 2, 'theirs' ) ] } );
	const mine = await find( { within: '1,77' }, [ 'run_gateway' ] );
	expect( mine.body ).toMatchObject( { all: 2, found: 2 } );
	expect( mine.body.servers.map( ( { serverId } ) => serverId ) ).toEqual( [ 77, 1 ] );
	expect( ( await find( { within: '' }, [ 'run_gateway' ] ) ).body ).toMatchObject( { all: 0, found: 0 } );
	expect( ( await find( { within: '1', search: 'theirs' }, [ 'run_gateway' ] ) ).body.found ).toBe( 0 );
	expect( await find( {}, [ 'run_gateway' ] ) ).toMatchObject( { status: 403, body: { code: 'forbidden' } } );
	const other = await backend.site();
	expect( ( await find( {}, undefined, other ) ).body.all ).toBe( 0 );
} );

const times = [ '2026-11-30T12:00:00.000Z', '2020-01-01T00:00:00.000Z', new Date( Date.now() + 60_000 ).toISOString() ];
const at = fc.constantFrom( ...times );
const list = fc.constantFrom( null, [], [ 'relayhost' ] );
const mail = fc.record( {
	...{ running: fc.constantFrom( true, true, false ), enabled: fc.constantFrom( true, true, false ) },
	stuck: fc.constantFrom( 0, 3 ),
	...{ open: fc.constantFrom( [], [ '0.0.0.0:25' ] ), differs: list },
	clock: fc.constantFrom( undefined, null, { isWrong: false }, { isWrong: true } ),
	room: fc.constantFrom( undefined, [], [ { lacks: null } ], [ { lacks: null }, { lacks: 'space' } ] ),
} );
const known = fc.record( {
	hostKey: fc.constantFrom( null, { state: 'trusted' }, { state: 'trusted' }, { state: 'changed' } ),
	unfinished: fc.constantFrom( false, false, true ),
	installedVersion: fc.constantFrom( null, 1, 1 ),
	lastLook: fc.option( fc.record( { at, gateway: fc.constantFrom( null, 'ours' ), mail: fc.option( mail ) } ) ),
	lastTest: fc.option(
		fc.record( { at, outcome: fc.constantFrom( 'accepted', 'waiting', 'refused', 'elsewhere' ) } )
	),
	watch: fc.constantFrom( null, null, 'unreachable', 'replaced' ),
	job: fc.constantFrom( null, null, 'install_gateway', 'remove_gateway', 'check_connection' ),
	handed: fc.boolean(),
} );

/** One of the few of which mail waits, at a server that is well otherwise. */
const waits = ( reason: object ) => ( {
	...{ hostKey: { state: 'trusted' }, unfinished: false, installedVersion: 1, lastTest: null },
	lastLook: {
		...{ at: times[ 2 ], gateway: 'ours' },
		mail: { ...{ running: true, enabled: true, stuck: 3, open: [], differs: [] }, reasons: [ reason ] },
	},
	...{ watch: null, job: null, handed: false },
} );

test( 'the database filters by the states that the rows show', async () => {
	const { db, vault } = backend.app;
	const { id: siteId } = await db
		.selectFrom( 'sites' )
		.select( 'id' )
		.orderBy( 'pairedAt' )
		.executeTakeFirstOrThrow();
	const examples = [
		...[ waits( { passes: false, whose: 'login' } ), waits( { passes: true, whose: 'account' } ) ],
		...fc.sample( known, { numRuns: 400, seed: 7 } ),
	];
	for ( const [ index, { hostKey, lastLook, lastTest, watch, job, handed, ...rest } ] of examples.entries() ) {
		const row = {
			...{ id: randomUUID(), siteId, serverId: 1000 + index, host: '203.0.113.7', sshPort: 22, sshUser: 'root' },
			...{
				signIn: 'managed_key' as const,
				managedPublicKey: null,
				setByAdministrator: true,
				mayHaveDefaults: true,
			},
			...{ hostKey: hostKey as never, ...rest },
		};
		await db
			.insertInto( 'servers' )
			.values( {
				...row,
				hostKey: hostKey && json( hostKey as never ),
				lastLook: lastLook && json( lastLook as never ),
				lastTest: lastTest && json( lastTest as never ),
				handedAt: handed ? new Date( Date.now() + 60_000 ) : null,
				mac: serverMac( vault, row ),
			} )
			.execute();
		if ( watch ) {
			await db.insertInto( 'watches' ).values( { server: row.id, state: watch } ).execute();
		}
		if ( job ) {
			const asked = { verb: job, state: 'queued', digest: 'x', identity: 'x', createdAt: new Date() };
			const empty = { request: json( {} as never ), askedBy: json( {} as never ) };
			await db
				.insertInto( 'jobs' )
				.values( { id: randomUUID(), siteId, serverId: row.serverId, ...asked, ...empty } as never )
				.execute();
		}
	}
	const servers = examples.map( ( _one, index ) => entry( 1000 + index, `s${ index }` ) );
	await mirror( { firstId: 1, lastId: null, servers } );
	const within = servers.map( ( { serverId } ) => serverId ).join( ',' );
	for ( const may of [ undefined, [ 'run_gateway' as const ] ] ) {
		const { body } = await find( { within, size: 999 }, may );
		const shown = new Set( body.servers.map( ( { state } ) => state ) );
		expect( shown.size ).toBeGreaterThan( 11 );
		expect( body.withGateway ).toBe( body.servers.filter( ( { hasGateway } ) => hasGateway ).length );
		for ( const state of shown ) {
			const found = await find( { within, state, size: 999 }, may );
			const expected = body.servers.filter( ( one ) => one.state === state );
			expect( [ state, found.body.servers.map( ( one ) => one.serverId ).sort() ] ).toEqual( [
				state,
				expected.map( ( one ) => one.serverId ).sort(),
			] );
		}
	}
} );

test( 'a server that is well is in trouble, too, while an alert of it is open that this person is told', async () => {
	const { db } = backend.app;
	const all = await find( { within: Array.from( { length: 400 }, ( _, n ) => 1000 + n ).join( ',' ), size: 999 } );
	const well = all.body.servers.filter( ( { state } ) => [ 'working', 'installed' ].includes( state ) ).slice( 0, 2 );
	const within = well.map( ( { serverId } ) => serverId ).join( ',' );
	const trouble = async ( may?: 'run_gateway'[] ) => {
		const { body } = await find( { within, trouble: 'yes' }, may );
		return [ body.trouble, ...body.servers.map( ( { alert } ) => alert ) ];
	};
	expect( [ well.length, await trouble() ] ).toEqual( [ 2, [ 0 ] ] );
	for ( const [ index, kind ] of ( [ 'over_cap', 'on_backup' ] as const ).entries() ) {
		const row = db.selectFrom( 'servers' ).select( [ 'id', 'siteId' ] );
		const { id, siteId } = await row
			.where( 'serverId', '=', well[ index ]?.serverId ?? 0 )
			.executeTakeFirstOrThrow();
		const key = 'x'.repeat( 32 );
		await keepIncident( db, { siteId, server: id, kind, key, trouble: kind, seenAt: new Date(), detail: {} } );
	}
	// that of a backup is told by a mark of its own
	expect( ( await trouble() ).toSorted() ).toEqual( [ 2, null, 'over_cap' ].toSorted() );
	expect( await trouble( [ 'run_gateway' ] ) ).toEqual( [ 1, 'over_cap' ] );
} );
