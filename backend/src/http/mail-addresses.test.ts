import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bareFacts, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { addressHash } from '../ledger/address-hash.ts';
import { cursorOf, keepPiece } from '../ledger/keep.ts';
import { rewriteAddresses } from '../ledger/rewrite-addresses.ts';

let backend: TestBackend;
let site: SiteClient;
beforeAll( async () => {
	backend = await startBackend( {
		tools: makeFakeTools( { look: async () => bareFacts } ).tools,
	} );
	site = await backend.site();
	await connectServer( site, 31 );
}, 120_000 );
afterAll( () => backend.stop() );

const hashOf = ( siteId: string ) => addressHash( backend.app.vault, siteId );
const rewrite = () => rewriteAddresses( backend.app.db, hashOf );

/** The log of the server goes on with these lines, each `DAEMON ID: text`. */
async function tell( lines: string[] ) {
	const { db } = backend.app;
	const { id, siteId } = await db
		.selectFrom( 'servers' )
		.select( [ 'id', 'siteId' ] )
		.where( 'serverId', '=', 31 )
		.executeTakeFirstOrThrow();
	const after = await cursorOf( db, id );
	const at = new Date().toISOString().replace( 'Z', '000+00:00' );
	const piece = {
		...{ after, follows: true, next: { head: 'file', position: after.position + lines.length }, isMore: false },
		lines: lines.map( ( line ) => `${ at } web1 postfix/${ line.replace( ' ', '[7]: ' ) }` ),
		clock: { atMs: Date.now(), aheadMinutes: 0 },
		users: [],
	};
	expect( await keepPiece( db, id, piece, { isUnshown: false, hash: hashOf( siteId ) } ) ).toBe( true );
}
const tried = ( id: string, to: string, status: string, words: string ) =>
	`smtp ${ id }: to=<${ to }>, relay=mx.test[192.0.2.1]:587, delay=1, delays=0/0/0/0, dsn=5.1.1, status=${ status } (${ words })`;
const sent = ( id: string, ...to: string[] ) => [
	`pickup ${ id }: uid=1001 from=<shop@a.test>`,
	`qmgr ${ id }: from=<shop@a.test>, size=282, nrcpt=${ to.length } (queue active)`,
];
const refusal = ( to: string ) =>
	`host mx.test[192.0.2.1] said: 550 5.1.1 <${ to }> user ${
		to.split( '@' )[ 0 ]
	} unknown (in reply to RCPT TO command)`;

const found = async ( query: Record< string, string > = {} ) => {
	const { body } = await site.call( 'readMailLog', { serverId: 31, query: `?${ new URLSearchParams( query ) }` } );
	return body.entries.map( ( { recipient } ) => recipient ).sort();
};
const everyText = async () => JSON.stringify( await backend.app.db.selectFrom( 'mails' ).selectAll().execute() );
const save = ( addresses: 'whole' | 'domains' | 'hashed' ) => site.call( 'saveMailSettings', { body: { addresses } } );

test( 'addresses are kept whole unless a site says otherwise; only who manages the site says so', async () => {
	expect( ( await site.call( 'readMailSettings' ) ).body ).toEqual( {
		addresses: 'whole',
		keptDays: 30,
		rewriting: false,
	} );
	await tell( [ ...sent( 'A10001', 'ann@b.test' ), tried( 'A10001', 'ann@b.test', 'sent', '250 ok' ) ] );
	await tell( [ ...sent( 'A10002', 'bob@b.test' ), tried( 'A10002', 'bob@b.test', 'deferred', 'later' ) ] );
	expect( await found() ).toEqual( [ 'ann@b.test', 'bob@b.test' ] );
	const actor = { login: 'customer', userId: 11, may: [ 'run_gateway', 'see_mail_log' ] as never };
	expect( ( await site.call( 'saveMailSettings', { body: { addresses: 'hashed' }, actor } ) ).status ).toBe( 403 );
} );

test( 'as hashes no address is left, in rows of before and in replies, and a whole one still finds its messages', async () => {
	await tell( [
		...sent( 'A10003', 'cy@b.test' ),
		tried( 'A10003', 'cy.long@b.test', 'bounced', refusal( 'cy.long@b.test' ) ),
	] );
	expect( ( await save( 'hashed' ) ).body ).toEqual( { addresses: 'hashed', keptDays: 30, rewriting: true } );
	await tell( [
		...sent( 'A10004', 'dora@b.test' ),
		tried( 'A10004', 'dora@b.test', 'bounced', refusal( 'dora@b.test' ) ),
	] );
	await rewrite();
	expect( ( await site.call( 'readMailSettings' ) ).body ).toEqual( {
		addresses: 'hashed',
		keptDays: 30,
		rewriting: false,
	} );
	expect( await everyText() ).not.toMatch( /ann|bob|cy\.long|dora|shop@|b\.test/ );
	expect( await found( { recipient: 'ann@b.test' } ) ).toEqual( [ expect.stringMatching( /^#[0-9a-f]{12}$/ ) ] );
	expect( await found( { recipient: 'DORA@b.test' } ) ).toHaveLength( 1 );
	expect( await found( { sender: 'shop@a.test' } ) ).toHaveLength( 4 );
	expect( await found( { recipient: 'ann@b.tes' } ) ).toEqual( [] );
	expect( await found( { recipient: '@b.test' } ) ).toEqual( [] );
} );

test( 'a message whose recipient was written in another form is counted once', async () => {
	await tell( [ tried( 'A10002', 'bob@b.test', 'sent', '250 ok' ) ] );
	expect( await found( { recipient: 'bob@b.test', outcome: 'accepted' } ) ).toHaveLength( 1 );
	expect( await found() ).toHaveLength( 4 );
	await tell( [ ...sent( 'A10005', 'eve@b.test' ), tried( 'A10005', 'eve@b.test', 'deferred', 'later' ) ] );
	await save( 'whole' );
	await tell( [ tried( 'A10005', 'eve@b.test', 'sent', '250 ok' ) ] );
	expect( await found() ).toHaveLength( 5 );
} );

test( 'as domains two people of one domain stay two, and a domain is found', async () => {
	await tell( [ ...sent( 'A10006', 'x@c.test' ), tried( 'A10006', 'fay@c.test', 'deferred', 'later' ) ] );
	await save( 'domains' );
	await rewrite();
	await tell( [
		tried( 'A10006', 'fay@c.test', 'bounced', refusal( 'fay@c.test' ) ),
		tried( 'A10006', 'gil@c.test', 'sent', '250 ok' ),
	] );
	expect( await found( { recipient: '@c.test' } ) ).toEqual( [ '@c.test', '@c.test' ] );
	expect( await everyText() ).not.toMatch( /fay|gil/ );
	const { body } = await site.call( 'readMessage', { serverId: 31, query: '?queueId=A10006' } );
	expect( body.recipients.map( ( { outcome, reply } ) => [ outcome, reply ] ) ).toEqual( [
		[ 'refused', '550 5.1.1 <…@c.test> user … unknown' ],
		[ 'accepted', '250 ok' ],
	] );
	expect( body.recipients[ 0 ]?.sender ).toBe( '@a.test' );
} );

test( 'what is kept of an address is told in pages, and erased; counts stay, what waits keeps it', async () => {
	await save( 'whole' );
	const lines = Array.from( { length: 130 }, ( _, n ) => {
		const id = `B${ 10_000 + n }`;
		return [
			...sent( id, 'hal@d.test' ),
			tried( id, 'hal@d.test', n === 129 ? 'deferred' : 'sent', 'hal@d.test' ),
		];
	} );
	await tell( lines.flat() );
	const read = async ( page: number ) =>
		( await site.call( 'readAddress', { query: `?address=Hal%40d.test&page=${ page }` } ) ).body;
	const first = await read( 1 );
	expect( [ first.entries.length, first.isMore ] ).toEqual( [ 100, true ] );
	expect( first.entries[ 0 ] ).toMatchObject( { serverId: 31, as: 'recipient', outcome: 'accepted' } );
	const second = await read( 2 );
	expect( [ second.entries.length, second.isMore ] ).toEqual( [ 30, false ] );

	const erase = async () => ( await site.call( 'eraseAddress', { body: { address: 'hal@d.test' } } ) ).body;
	expect( await erase() ).toEqual( { erased: 100, kept: 1, isMore: true } );
	expect( await erase() ).toEqual( { erased: 29, kept: 1, isMore: false } );
	expect( ( await read( 1 ) ).entries ).toHaveLength( 1 );
	expect(
		( await found( { from: new Date( Date.now() - 3_600_000 ).toISOString() } ) ).filter( ( to ) => to === null )
	).not.toEqual( [] );
	const { entries } = ( await site.call( 'readSiteAudit' ) ).body;
	const last = entries.filter( ( { action } ) => action === 'address_erased' );
	expect( JSON.stringify( last ) ).not.toContain( 'hal' );
	expect( last ).toHaveLength( 2 );
}, 60_000 );

test( 'another site finds nothing of it', async () => {
	const other = await backend.site( { siteUrl: 'https://other.example.com' } );
	const query = `?${ new URLSearchParams( { address: 'hal@d.test' } ) }`;
	expect( ( await other.call( 'readAddress', { query } ) ).body.entries ).toEqual( [] );
	expect( ( await other.call( 'eraseAddress', { body: { address: 'hal@d.test' } } ) ).body.erased ).toBe( 0 );
	expect( ( await site.call( 'readAddress', { query } ) ).body.entries ).toHaveLength( 1 );
} );
