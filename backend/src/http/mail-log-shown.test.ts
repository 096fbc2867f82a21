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

const customer = ( owner = 11 ) => ( {
	login: 'customer',
	userId: owner,
	owner,
	may: [ 'run_gateway', 'see_mail_log' ] as never,
} );
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
	test( 'is for those who may see it, and holds nothing of another site', async () => {
		const refused = await site.call( 'readMailLog', {
			serverId: 21,
			query: query( {} ),
			actor: { may: [ 'run_gateway' ] },
		} );
		expect( refused ).toMatchObject( { status: 403, body: { code: 'forbidden' } } );
		const other = await backend.site( { siteUrl: 'https://other.example.com' } );
		expect( ( await other.call( 'readMailLog', { serverId: 21, query: query( {} ) } ) ).body.entries ).toEqual(
			[]
		);
	} );

	test( 'shows an owner nothing of before the server was theirs', async () => {
		await serverWithLog( 24, [] );
		await site.call( 'readServer', { serverId: 24, actor: customer( 11 ) } );
		await tell( 24, [ { to: 'former@b.test' } ], { atMs: nowMs - 60_000 } );
		expect(
			recipientsOf(
				await site.call( 'readMailLog', { serverId: 24, query: query( {} ), actor: customer( 11 ) } )
			)
		).toEqual( [ 'former@b.test' ] );
		await site.call( 'readServer', { serverId: 24, actor: customer( 12 ) } );
		await tell( 24, [ { to: 'present@b.test' } ], { atMs: Date.now() + 60_000 } );
		const shown = await site.call( 'readMailLog', { serverId: 24, query: query( {} ), actor: customer( 12 ) } );
		expect( recipientsOf( shown ) ).toEqual( [ 'present@b.test' ] );
		expect( recipientsOf( await site.call( 'readMailLog', { serverId: 24, query: query( {} ) } ) ) ).toEqual( [
			'present@b.test',
			'former@b.test',
		] );
	} );

	test( 'of several servers shows an owner those that are known to be theirs', async () => {
		const asked = ( owner: number, ids: string, own?: number[] ) =>
			site.call( 'readFleetMailLog', {
				query: query( { ids } ),
				actor: { ...customer( owner ), owner: undefined, own } as never,
			} );
		for ( const own of [ undefined, [ 21, 24 ] ] ) {
			expect( recipientsOf( await asked( 12, '21,24', own ) ) ).toEqual( [ 'present@b.test' ] );
			// to WordPress 24 is theirs since a moment ago
			expect( recipientsOf( await asked( 11, '21,24', own ) ) ).toEqual( [] );
		}
		// whom WordPress lets see it without owning it
		expect( recipientsOf( await asked( 13, '21,24', [] ) ) ).toEqual( [ 'present@b.test' ] );
	} );

	test( 'withholds words of the provider where the account is not shown, also after it was replaced', async () => {
		await serverWithLog( 25, [] );
		await tell(
			25,
			[
				{ to: 'one@b.test', status: 'bounced' },
				{ to: 'test@b.test', uid: 0, from: 'gateway@hidden.example' },
			],
			{ isUnshown: true }
		);
		const ask = async ( more: object = {} ) =>
			site.call( 'readMailLog', { serverId: 25, query: query( { ...more } ), actor: customer() } );
		const { body } = await ask();
		expect( body.entries ).toHaveLength( 2 );
		expect( JSON.stringify( body ) ).not.toMatch( /hidden|5\.7\.1/ );
		expect( body.entries.map( ( { cause } ) => cause ).sort() ).toEqual( [ null, 'recipient_unknown' ] );
		// what is not shown is not found
		expect( recipientsOf( await ask( { sender: '@hidden.example' } ) ) ).toEqual( [] );
		expect(
			JSON.stringify( ( await site.call( 'readMailLog', { serverId: 25, query: query( {} ) } ) ).body )
		).toMatch( /hidden/ );
	} );
} );
