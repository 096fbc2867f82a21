import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { factsOf } from '../../test-fixtures/installed-facts.ts';
import { bareFacts } from '../../test-fixtures/fake-tools.ts';
import { cursorOf, keepPiece } from '../ledger/keep.ts';
import type { Facts } from '../gateway/facts.ts';

let backend: TestBackend;
let site: SiteClient;
let facts: Facts = bareFacts;
beforeAll( async () => {
	const { tools } = makeFakeTools();
	backend = await startBackend( {
		tools: {
			...tools,
			look: async () => facts,
			async apply( _remote, { desired } ) {
				facts = factsOf( desired );
				return { savedQueue: null };
			},
		},
	} );
	site = await backend.site();
}, 120_000 );
afterAll( () => backend.stop() );
const nowMs = Math.floor( Date.now() / 1000 ) * 1000;

/** A server whose log tells of one message to each of these, with what became of it. */
async function serverWithLog(
	serverId: number,
	mails: { to: string; uid?: number; status?: string; from?: string }[]
) {
	facts = bareFacts;
	await connectServer( site, serverId, { at: { host: `203.0.113.${ serverId }` } } );
	await tell( serverId, mails );
}

async function tell(
	serverId: number,
	mails: { to: string; uid?: number; status?: string; from?: string }[],
	{ isUnshown = false, atMs = nowMs } = {}
) {
	const { db } = backend.app;
	const { id } = await db
		.selectFrom( 'servers' )
		.select( 'id' )
		.where( 'serverId', '=', serverId )
		.executeTakeFirstOrThrow();
	const time = new Date( atMs )
		.toUTCString()
		.replace(
			/^\w+, (\d+) (\w+) \d+ ([\d:]+) .*/,
			( _, day, month, at ) => `${ month } ${ Number( day ) < 10 ? ' ' : '' }${ Number( day ) } ${ at }`
		);
	const after = await cursorOf( db, id );
	const lines = mails.flatMap( ( { to, uid = 1001, status = 'sent', from = 'shop@a.test' }, n ) => {
		const line = ( daemon: string, text: string ) =>
			`${ time } web1 postfix/${ daemon }[7]: ${ ( after.position + n + 0xabc000 )
				.toString( 16 )
				.toUpperCase() }: ${ text }`;
		return [
			line( 'pickup', `uid=${ uid } from=<${ from }>` ),
			line( 'qmgr', `from=<${ from }>, size=282, nrcpt=1 (queue active)` ),
			line(
				'smtp',
				`to=<${ to }>, relay=smtp.hidden.example[192.0.2.1]:587, delay=1, delays=0/0/0/0, dsn=5.7.1, status=${ status } (host smtp.hidden.example[192.0.2.1] said: 550 5.1.1 no such user at hidden.example (in reply to RCPT TO command))`
			),
		];
	} );
	const next = { head: 'file', position: after.position + lines.length };
	const clock = { atMs: atMs + 1000, aheadMinutes: 0 };
	const users = [ { uid: 1001, name: 'shop' } ];
	await keepPiece( db, id, { after, follows: true, next, lines, isMore: false, clock, users }, { isUnshown } );
}

const query = ( parameters: Record< string, string > ) =>
	Object.keys( parameters ).length > 0 ? `?${ new URLSearchParams( parameters ) }` : '';
const recipientsOf = ( { body }: { body: { entries?: { recipient: string | null }[] } } ) =>
	body.entries?.map( ( { recipient } ) => recipient );

describe( 'the mail log', () => {
	test( 'of several servers is one, newest first, with site, outcome and cause', async () => {
		await serverWithLog( 21, [ { to: 'one@b.test' } ] );
		await serverWithLog( 22, [ { to: 'two@b.test', status: 'bounced', uid: 1002 } ] );
		const { body } = await site.call( 'readFleetMailLog', { query: query( { ids: '21,22,23' } ) } );
		expect(
			body.entries
				.map( ( { serverId, site: by, recipient, outcome, cause } ) => [
					serverId,
					by,
					recipient,
					outcome,
					cause,
				] )
				.sort()
		).toEqual( [
			[ 21, 'shop', 'one@b.test', 'accepted', null ],
			[ 22, '1002', 'two@b.test', 'refused', 'recipient_unknown' ],
		] );
		expect( body.logs[ 2 ] ).toEqual( { serverId: 23, since: null, readAt: null, gaps: [] } );
		expect(
			recipientsOf(
				await site.call( 'readFleetMailLog', { query: query( { ids: '21,22', recipient: 'two' } ) } )
			)
		).toEqual( [ 'two@b.test' ] );
	} );

	test( 'holds one message whole', async () => {
		const { body } = await site.call( 'readMailLog', { serverId: 21, query: query( {} ) } );
		const queueId = body.entries[ 0 ]?.queueId ?? '';
		const message = await site.call( 'readMessage', { serverId: 21, query: query( { queueId } ) } );
		expect( message.body.recipients ).toEqual( body.entries );
		expect(
			await site.call( 'readMessage', { serverId: 22, query: query( { queueId: 'FFFFFFFF' } ) } )
		).toMatchObject( { status: 404 } );
	} );

	test( 'counts by the hour', async () => {
		const from = new Date( nowMs - 7_200_000 ).toISOString();
		const to = new Date( nowMs + 7_200_000 ).toISOString();
		const { body } = await site.call( 'mailCounters', { query: query( { ids: '21,22', per: 'hour', from, to } ) } );
		expect(
			body.counts
				.map( ( { serverId, site: by, outcome, messages } ) => [ serverId, by, outcome, messages ] )
				.sort()
		).toEqual( [
			[ 21, 'shop', 'accepted', 1 ],
			[ 22, '1002', 'refused', 1 ],
		] );
		// what was refused took no time to be accepted
		expect( body.delays ).toEqual( [
			expect.objectContaining( { serverId: 21, site: 'shop', overMs: 500, withinMs: 1000, messages: 1 } ),
		] );
		const servers = await site.call( 'mailCounters', {
			query: query( { ids: '21,22', per: 'hour', of: 'server', from, to } ),
		} );
		expect(
			servers.body.counts.map( ( one ) => [ one.serverId, one.site, one.outcome, one.messages ] ).sort()
		).toEqual( [
			[ 21, null, 'accepted', 1 ],
			[ 22, null, 'refused', 1 ],
		] );
		const all = await site.call( 'mailCounters', {
			query: query( {
				ids: '21,22',
				per: 'day',
				of: 'all',
				from: new Date( nowMs - 86_400_000 ).toISOString(),
				to,
			} ),
		} );
		expect(
			all.body.counts.map( ( { serverId, outcome, messages } ) => [ serverId, outcome, messages ] ).sort()
		).toEqual( [
			[ null, 'accepted', 1 ],
			[ null, 'refused', 1 ],
		] );
		const month = await site.call( 'mailCounters', {
			query: query( { ids: '21', per: 'month', from: new Date( nowMs - 32 * 86_400_000 ).toISOString(), to } ),
		} );
		expect( month.body.counts.map( ( { from: at, messages } ) => [ at, messages ] ) ).toEqual( [
			[ new Date( new Date( nowMs ).toISOString().slice( 0, 7 ) ).toISOString(), 1 ],
		] );
		expect( month.body.delays ).toHaveLength( 1 );
	} );

	test( 'takes no filter that is none', async () => {
		for ( const wrong of [ { ids: '21' }, { outcome: 'lost' }, { recipient: 'a' }, { other: '1' } ] ) {
			const asked = { serverId: 21, query: query( wrong as never ) };
			expect( await site.call( 'readMailLog', asked ) ).toMatchObject( { status: 422 } );
		}
	} );
} );
