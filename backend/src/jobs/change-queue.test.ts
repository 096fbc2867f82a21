import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { bareFacts, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { factsOf } from '../../test-fixtures/installed-facts.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { Facts } from '../gateway/facts.ts';
import type { LogPiece } from '../ledger/log-piece.ts';
import type { SeenInQueue } from '../ledger/queue-read.ts';

const serverId = 84;
const nowS = Math.floor( Date.now() / 1000 );
const refused =
	'host smtp.hidden.example[192.0.2.1] said: 550 5.4.5 Daily user sending limit exceeded (in reply to end of DATA command)';
const message = ( number: number, change: Partial< SeenInQueue > = {} ): SeenInQueue => ( {
	...{ id: `A${ String( number ).padStart( 5, '0' ) }`, isHeld: false, at: nowS - 100_000 + number, bytes: 500 },
	...{ recipients: 1, domain: 'shop.test', reason: refused },
	...change,
} );

let backend: TestBackend;
let site: SiteClient;
let facts: Facts = bareFacts;
let queue: SeenInQueue[] = [];
let asked: { action: string; ids: readonly string[] }[] = [];
let piece: LogPiece | null = null;

beforeAll( async () => {
	const { tools } = makeFakeTools( {
		look: async () => ( { ...facts, queue: queue.length, stuck: queue.length } ),
		apply: async ( _remote, { desired } ) => {
			facts = factsOf( desired );
			return { savedQueue: null };
		},
		readLog: async () => piece,
		readQueue: async () => ( { total: queue.length, messages: queue } ),
		async changeQueue( _remote, { action, ids } ) {
			asked.push( { action, ids } );
			const there = queue.filter( ( { id } ) => ids.includes( id ) );
			queue = queue.filter( ( { id } ) => action !== 'delete' || ! ids.includes( id ) );
			return { changed: there.length, gone: ids.length - there.length };
		},
	} );
	backend = await startBackend( { tools } );
	site = await backend.site();
	await connectServer( site, serverId );
}, 120_000 );
afterAll( () => backend.stop() );
beforeEach( () => {
	asked = [];
} );

const ended = async ( jobId: string ) => ( await site.untilEnded( serverId, jobId ) ).job;
const refresh = async () => ended( ( await site.call( 'refreshQueue', { serverId } ) ).body.jobId );
const page = async ( query = '' ) => ( await site.call( 'readQueue', { serverId, query } ) ).body;
const change = ( body: object, options: object = {} ) =>
	site.call( 'changeQueue', { serverId, body: body as never, ...options } );

test( 'without a gateway there is no queue to read', async () => {
	expect( ( await site.call( 'refreshQueue', { serverId } ) ).body ).toMatchObject( {
		code: 'gateway_not_installed',
	} );
	expect( await page() ).toMatchObject( { readAt: null, total: 0, entries: [] } );
	const { body } = await site.call( 'installGateway', { serverId, body: { settings } } );
	expect( ( await ended( body.jobId ) ).error ).toBeNull();
}, 60_000 );

test( 'the queue is told by site, sender’s domain and cause, with the user that the log names', async () => {
	queue = [
		...Array.from( { length: 60 }, ( _, number ) => message( number ) ),
		message( 60, { isHeld: true, reason: '', domain: 'blog.test', at: nowS - 10 } ),
	];
	piece = {
		...{ after: { head: '', position: 0 }, follows: true, next: { head: 'file', position: 9 }, isMore: false },
		lines: queue
			.slice( 0, 60 )
			.map(
				( { id } ) => `2026-11-30T10:00:00.000000+00:00 web1 postfix/pickup[7]: ${ id }: uid=1001 from=<shop>`
			),
		clock: { atMs: Date.now(), aheadMinutes: 0 },
		users: [ { uid: 1001, name: 'shop' } ],
	};
	expect( ( await refresh() ).result ).toEqual( { verb: 'read_queue', total: 61, held: 1 } );
	const first = await page();
	expect( first ).toMatchObject( {
		...{ total: 61, listed: 61, matching: 61, next: 50 },
		sites: [
			{ value: 'shop', messages: 60 },
			{ value: '', messages: 1 },
		],
		domains: [
			{ value: 'shop.test', messages: 60 },
			{ value: 'blog.test', messages: 1 },
		],
		causes: [ { value: 'quota_exceeded', messages: 60 } ],
		states: [
			{ value: 'waiting', messages: 60 },
			{ value: 'held', messages: 1 },
		],
	} );
	expect( first.entries[ 0 ] ).toMatchObject( {
		...{ queueId: 'A00000', state: 'waiting', site: 'shop', heldBy: null },
	} );
	expect( ( await page( '?after=50' ) ).entries ).toHaveLength( 11 );
	expect( ( await page( '?hours=20' ) ).matching ).toBe( 60 );
	expect( ( await page( '?state=held' ) ).entries ).toMatchObject( [ { queueId: 'A00060', heldBy: 'other' } ] );
	expect( ( await page( '?site=' ) ).matching ).toBe( 1 );
}, 60_000 );

test( 'chosen messages are changed by their ids, and the audit tells who and how many, and no address', async () => {
	const { readAt } = await page();
	queue = queue.filter( ( { id } ) => id !== 'A00001' );
	const { body } = await change( { action: 'delete', readAt, which: { ids: [ 'A00000', 'A00001' ] } } );
	expect( ( await ended( body.jobId ) ).result ).toEqual( {
		...{ verb: 'change_queue', action: 'delete', changed: 1, gone: 1, unchanged: 0 },
	} );
	expect( asked ).toEqual( [ { action: 'delete', ids: [ 'A00000', 'A00001' ] } ] );
	expect( ( await page() ).total ).toBe( 59 );
	const { entries } = ( await site.call( 'readAudit', { serverId } ) ).body;
	expect( entries[ 0 ] ).toMatchObject( {
		...{ action: 'queue_changed', actor: 'admin', detail: { queueAction: 'delete', messages: 1, gone: 1 } },
	} );
	expect( entries[ 1 ] ).toMatchObject( { action: 'job_asked', detail: { queueAction: 'delete', messages: 2 } } );
	expect( ( await site.call( 'readServer', { serverId } ) ).body.connection?.lastLook?.mail?.waiting ).toBe( 59 );
}, 60_000 );

test( 'what is meant by a filter is what the person has seen: not a list that was read anew since', async () => {
	const { readAt } = await page();
	queue = [ ...queue, message( 61 ) ];
	const held = await change( { action: 'hold', readAt, which: { filter: { site: 'shop' } } } );
	await ended( held.body.jobId );
	expect( asked[ 0 ]?.ids ).toHaveLength( 58 );
	expect( asked[ 0 ]?.ids ).not.toContain( 'A00061' );
	expect( ( await change( { action: 'delete', readAt, which: { filter: {} } } ) ).body ).toMatchObject( {
		code: 'queue_read_again',
	} );
	const { readAt: now } = await page();
	expect(
		( await change( { action: 'delete', readAt: now, which: { filter: { domain: 'other.test' } } } ) ).body
	).toMatchObject( { code: 'queue_selection_empty' } );
	expect( asked ).toHaveLength( 1 );
}, 60_000 );

test.each( [ [ 'A1A1A1;id' ], [ 'ALL' ], [ '-' ], [ 'A1A1A1\nALL' ], [ 'aeiouaeiou' ], [ '../../etc' ] ] )(
	'%j is no id, and reaches no server',
	async ( id ) => {
		const { readAt } = await page();
		expect( ( await change( { action: 'delete', readAt, which: { ids: [ id ] } } ) ).status ).toBe( 422 );
		expect( asked ).toEqual( [] );
	}
);

test( 'an owner sees and changes nothing that arrived before the server was theirs, and no words of a provider', async () => {
	const customer = {
		...{ login: 'customer', userId: 11, owner: 11 },
		may: [ 'run_gateway', 'see_mail_log' ] as never,
	};
	const seen = async () => ( await site.call( 'readQueue', { serverId, actor: customer } ) ).body;
	await seen();
	await backend.app.db
		.updateTable( 'servers' )
		.set( { owner: 11, handedAt: new Date( ( nowS - 1000 ) * 1000 ) } )
		.where( 'serverId', '=', serverId )
		.execute();
	const told = await seen();
	expect( told ).toMatchObject( { total: 1, listed: 1 } );
	expect( told.entries.map( ( { queueId } ) => queueId ) ).toEqual( [ 'A00060' ] );
	expect(
		( await change( { action: 'delete', readAt: told.readAt, which: { ids: [ 'A00002' ] } }, { actor: customer } ) )
			.body
	).toMatchObject( { code: 'queue_selection_empty' } );
}, 60_000 );
