import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { webhookTo } from '../../test-fixtures/alert-channel.ts';
import { bareFacts, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { factsOf } from '../../test-fixtures/installed-facts.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { claimDue, endLook, watchInstalled } from '../db/watches.ts';
import { GatewayError } from '../errors.ts';
import type { Facts } from '../gateway/facts.ts';
import type { LogCursor, LogPiece } from '../ledger/log-piece.ts';
import { tellDue } from '../alerts/tell.ts';
import { lookForPulse } from './pulse.ts';

const places = { free: 8, mostOfSite: 8, held: [] };
let backend: TestBackend;
let site: SiteClient;
let installed: Facts;
let facts: Facts = bareFacts;
let unreachable: GatewayError | null = null;
/** Pieces of the log that the server tells, one after the other. */
let pieces: string[][] = [];
const pieceOf = ( lines: string[], after: LogCursor ): LogPiece => ( {
	...{ after, follows: true, next: { head: 'x', position: after.position + lines.length }, lines },
	...{ isMore: pieces.length > 0, clock: { atMs: Date.now(), aheadMinutes: 0 }, users: [] },
} );
const serverId = 81;
const never = new AbortController().signal;

/** Seconds until the next look, as the last one left it. */
let nextS: number | undefined;

/** Makes the server due, and looks as the loop would. */
async function look(): Promise< void > {
	const { db } = backend.app;
	await sql`update watches set due_at = now(), claimed_until = null`.execute( db );
	for ( const watch of await claimDue( db, places ) ) {
		await lookForPulse( backend.app, watch, never );
	}
	// at once: what a test does next takes time of its own
	const { rows } = await sql< { seconds: number } >`
		select round(extract(epoch from due_at - now()))::int as seconds from watches
	`.execute( db );
	nextS = rows[ 0 ]?.seconds;
	await tellDue( backend.app, Date.now() );
}

const stopped = () => ( { ...installed, postfix: { ...installed.postfix, running: false }, listens: [] } );
const view = async () => ( await site.call( 'readServer', { serverId } ) ).body;
const told = async () => {
	const rows = await backend.app.db
		.selectFrom( 'alertDeliveries' )
		.select( 'message' )
		.orderBy( 'createdAt' )
		.execute();
	return rows.map( ( { message } ) => `${ message.kind } ${ message.trouble }` );
};

beforeAll( async () => {
	const fake = makeFakeTools();
	backend = await startBackend( {
		tools: {
			...fake.tools,
			connect: async ( ...args ) => {
				if ( unreachable ) {
					throw unreachable;
				}
				return fake.tools.connect( ...args );
			},
			look: async ( _remote, { log } ) => {
				const lines = pieces.shift();
				if ( log && lines ) {
					log.onPiece( pieceOf( lines, log.after ) );
				}
				return facts;
			},
			readLog: async ( _remote, after ) => pieceOf( pieces.shift() ?? [], after ),
			apply: async ( _remote, { desired } ) => {
				facts = installed = factsOf( desired );
				return { savedQueue: null };
			},
		},
	} );
	site = await backend.site();
	await connectServer( site, serverId );
	const { body } = await site.call( 'installGateway', { serverId, body: { settings } } );
	await site.untilEnded( serverId, body.jobId );
	await site.call( 'saveChannel', { body: webhookTo( 'https://hooks.example.com/in' ) } );
}, 120_000 );
afterAll( () => backend.stop() );

beforeEach( async () => {
	facts = installed;
	unreachable = null;
	pieces = [];
	await backend.app.db.deleteFrom( 'watches' ).execute();
	for ( const table of [ 'alertDeliveries', 'incidents', 'alertThreads', 'alertHushes' ] as const ) {
		await backend.app.db.deleteFrom( table ).execute();
	}
	await watchInstalled( backend.app.db );
} );

describe( 'the pulse', () => {
	test( 'sees a stopped Postfix, tells it at the second look, and its end once', async () => {
		await look();
		expect( [ ( await view() ).gateway.state, nextS ] ).toEqual( [ 'installed', 270 ] );

		facts = stopped();
		await look();
		expect( [ ( await view() ).gateway.state, await told(), nextS ] ).toEqual( [ 'stopped', [], 15 ] );
		await look();
		await look();
		expect( [ await told(), nextS ] ).toEqual( [ [ 'opened stopped' ], 60 ] );

		facts = installed;
		await look();
		await look();
		expect( [ ( await view() ).gateway.state, await told() ] ).toEqual( [
			'installed',
			[ 'opened stopped', 'over null' ],
		] );
	} );

	test.each( [
		[ 'another mail system over it', () => ( { ...installed, sendmail: 'ssmtp' } ), 'replaced', 'replaced' ],
		[
			'a key changed by hand',
			() => ( {
				...installed,
				files: installed.files.filter( ( { path } ) => path !== '/etc/postfix/main.cf' ),
				postfix: { ...installed.postfix, parameters: [ ...installed.postfix.parameters, 'relayhost = other' ] },
			} ),
			'differs',
			'changed',
		],
	] )( 'sees %s', async ( _what, change, state, trouble ) => {
		facts = change() as Facts;
		await look();
		await look();
		expect( [ ( await view() ).gateway.state, await told() ] ).toEqual( [ state, [ `opened ${ trouble }` ] ] );
	} );

	test( 'calls a server unreachable, and says which; it keeps what was last seen', async () => {
		await look();
		unreachable = new GatewayError( 'server_unreachable', { host: '203.0.113.7' } );
		await look();
		await look();
		const { gateway, connection } = await view();
		expect( [ gateway.state, connection?.lastLook?.mail?.running ] ).toEqual( [ 'unreachable', true ] );
		expect( await told() ).toEqual( [ 'opened unreachable' ] );
	} );

	test( 'shows mail that waits at once, and tells of it after a quarter of an hour', async () => {
		facts = { ...installed, queue: 7, stuck: 7 };
		await look();
		await look();
		expect( [ ( await view() ).gateway.state, await told(), nextS ] ).toEqual( [ 'waiting', [], 60 ] );

		await sql`update watches set since = now() - interval '16 minutes'`.execute( backend.app.db );
		await look();
		await look();
		expect( await told() ).toEqual( [ 'opened waiting' ] );
		facts = installed;
		await look();
		expect( [ ( await view() ).gateway.state, await told() ] ).toEqual( [
			'installed',
			[ 'opened waiting', 'over null' ],
		] );
	} );

	test( 'tells at the second look what no waiting ends: an account that is refused', async () => {
		const reason =
			'host smtp.example.com[203.0.113.9] said: 554 5.7.8 Account suspended (in reply to MAIL FROM command)';
		facts = { ...installed, queue: 3, stuck: 3, deferrals: [ { count: 3, at: 1_000_000, reason } ] };
		await look();
		expect( await told() ).toEqual( [] );
		await look();
		await look();
		expect( await told() ).toEqual( [ 'opened refused' ] );
	} );

	test( 'an alert of it says whose turn it is and what to do, and names nothing that is not shown to all', async () => {
		const reason =
			'SASL authentication failed; server smtp.secret.example[203.0.113.9] said: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.';
		facts = { ...installed, queue: 7, stuck: 7, deferrals: [ { count: 7, at: 1_000_000, reason } ] };
		const opened = async () => {
			for ( const table of [ 'alertDeliveries', 'incidents', 'alertThreads' ] as const ) {
				await backend.app.db.deleteFrom( table ).execute();
			}
			await sql`update watches set incident = null, since = now() - interval '16 minutes'`.execute(
				backend.app.db
			);
			await look();
			await look();
			return (
				await backend.app.db.selectFrom( 'alertDeliveries' ).select( 'message' ).executeTakeFirstOrThrow()
			).message;
		};
		await look();
		const message = await opened();
		const account = { whose: 'account', passes: false, count: 7 };
		expect( message.reasons ).toEqual( [ { ...account, cause: 'smtp_auth_disabled' } ] );
		expect( message.text ).toMatch(
			/^7 messages wait on .* The owner of the provider account can fix this\. .* Then press Deliver Waiting Mail\.$/
		);
		await sql`update settings set defaults_version = 1`.execute( backend.app.db );
		const unshown = await opened();
		await sql`update settings set defaults_version = null`.execute( backend.app.db );
		expect( unshown.reasons ).toEqual( [ { ...account, cause: 'wrong_credentials' } ] );
		expect( JSON.stringify( [ message, unshown ] ) ).not.toMatch( /secret|5\.7\.139|Tenant/ );
	} );

	test( 'tells why mail waits, and goes on from what the look before has kept', async () => {
		const reason =
			'host smtp.example.com[203.0.113.9] said: 451 4.3.0 Temporary server error (in reply to end of DATA command)';
		const reasons = async ( at: number ) => {
			facts = { ...installed, queue: 7, stuck: 7, deferrals: [ { count: 7, at, reason } ] };
			await look();
			return ( await view() ).connection?.lastLook?.mail?.reasons;
		};
		const told = { cause: 'provider_in_trouble', whose: 'provider', count: 7 };
		expect( await reasons( 1_000_000 ) ).toMatchObject( [ { ...told, passes: true, looks: 1 } ] );
		for ( let hour = 1; hour < 6; hour++ ) {
			await reasons( 1_000_000 + hour * 3600 );
		}
		expect( await reasons( 1_000_000 + 6 * 3600 ) ).toMatchObject( [
			{ ...told, passes: false, stands: true, looks: 7, since: 1_000_000 },
		] );
		facts = installed;
		await look();
		expect( ( await view() ).connection?.lastLook?.mail?.reasons ).toEqual( [] );
	} );

	test( 'looks at a server once, however many workers ask; a worker that died is replaced, and writes no more', async () => {
		const { db } = backend.app;
		const [ first, second ] = await Promise.all( [ claimDue( db, places ), claimDue( db, places ) ] );
		const [ held ] = [ ...first, ...second ];
		expect( first.length + second.length ).toBe( 1 );

		await sql`update watches set claimed_until = now() - interval '1 second'`.execute( db );
		const [ again ] = await claimDue( db, places );
		expect( again?.server ).toBe( held?.server );
		const found = {
			state: 'right',
			reason: null,
			since: new Date(),
			lookedAt: null,
			incident: null,
			nextLookMs: 1,
		};
		expect( held && ( await endLook( db, held, found ) ) ).toBe( false );
		expect( again && ( await endLook( db, again, found ) ) ).toBe( true );
	} );

	test( 'reads what is new in the mail log with the same look, to its end, and follows mail that flows', async () => {
		const arrived = ( id: string ) =>
			`Nov 30 17:18:43 web1 postfix/pickup[7]: ${ id }: uid=33 from=<site@example.com>`;
		pieces = [ [ arrived( 'ABCDEF01' ) ], [ arrived( 'ABCDEF02' ) ], [ arrived( 'ABCDEF03' ) ] ];
		await look();
		const rows = await backend.app.db.selectFrom( 'mails' ).select( 'queueId' ).orderBy( 'queueId' ).execute();
		expect( rows.map( ( { queueId } ) => queueId ) ).toEqual( [ 'ABCDEF01', 'ABCDEF02', 'ABCDEF03' ] );
		expect( nextS ).toBe( 60 );
		await look();
		expect( nextS ).toBe( 270 );
	} );

	test( 'leaves a server alone while a job of a person waits or runs there', async () => {
		const { db } = backend.app;
		await sql`update jobs set state = 'running' where verb = 'install_gateway'`.execute( db );
		expect( await claimDue( db, places ) ).toEqual( [] );
		await sql`update jobs set state = 'succeeded' where verb = 'install_gateway'`.execute( db );
		expect( await claimDue( db, places ) ).toHaveLength( 1 );
	} );

	test( 'gives a server that refuses to sign us in time, so that it does not ban the backend', async () => {
		unreachable = new GatewayError( 'sign_in_refused', {} );
		await look();
		await look();
		expect( [ await told(), nextS ] ).toEqual( [ [ 'opened unreachable' ], 300 ] );
		await sql`update watches set since = now() - interval '20 minutes'`.execute( backend.app.db );
		await look();
		expect( nextS ).toBe( 1200 );
	} );

	test.each( [ 'revokedAt', 'keyExpiresAt' ] )(
		'ends where the site was revoked or its key expired: %s',
		async ( column ) => {
			const { db } = backend.app;
			await sql`update sites set ${ sql.ref( column ) } = now()`.execute( db );
			expect( await claimDue( db, places ) ).toEqual( [] );
			await watchInstalled( db );
			expect( await db.selectFrom( 'watches' ).selectAll().execute() ).toEqual( [] );
			await sql`update sites set ${ sql.ref( column ) } = null`.execute( db );
		}
	);

	test( 'ends where the gateway was removed', async () => {
		const { db } = backend.app;
		await sql`update servers set installed_version = null`.execute( db );
		await watchInstalled( db );
		expect( await db.selectFrom( 'watches' ).selectAll().execute() ).toEqual( [] );
		await sql`update servers set installed_version = 1`.execute( db );
	} );
} );
