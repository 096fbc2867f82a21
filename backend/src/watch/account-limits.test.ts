import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { keepRoutes } from '../db/routes.ts';
import { accountsUsed } from '../ledger/account-use.ts';
import { judgeAccounts } from './account-limits.ts';

let backend: TestBackend;
let site: SiteClient;
const dayMs = 86_400_000;
const now = Math.floor( Date.now() / dayMs ) * dayMs + dayMs / 2;

beforeAll( async () => {
	backend = await startBackend();
	site = await backend.site();
	for ( const serverId of [ 31, 32 ] ) {
		await connectServer( site, serverId, { at: { host: `203.0.113.${ serverId }` } } );
		// 500 recipients a day
		const body = { settings: { ...settings, smtpServer: 'smtp.gmail.com' } };
		await site.untilEnded( serverId, ( await site.call( 'installGateway', { serverId, body } ) ).body.jobId );
	}
	const { db } = backend.app;
	await sql`update servers set installed_version = submitted_version`.execute( db );
	await sql`insert into watches (server, state) select id, 'right' from servers on conflict do nothing`.execute( db );
	await sql`insert into mail_logs (server) select id from servers`.execute( db );
}, 120_000 );
afterAll( () => backend.stop() );

async function each( messages: number, at = now ) {
	const { db } = backend.app;
	await sql`delete from mail_counts`.execute( db );
	await sql`insert into mail_counts (log, per, at, uid, outcome, messages)
		select id, 'day', ${ new Date( at - ( at % dayMs ) ) }, 1001, 'accepted', ${ messages } from mail_logs`.execute( db );
	await judgeAccounts( backend.app, now );
	const { body } = await site.call( 'readAlerts' );
	return body.incidents.map( ( { trouble } ) => trouble ).sort();
}

test( 'an account that two servers share is told at 80 and at 95 percent of its day, and a new day ends it', async () => {
	expect( await each( 199 ) ).toEqual( [] );
	expect( await each( 200 ) ).toEqual( [ 'account_limit' ] );
	expect( await each( 238 ) ).toEqual( [ 'account_limit', 'account_limit_soon' ] );
	const { rows } = await sql`select server, detail from incidents where kind = 'account_limit_soon'`.execute(
		backend.app.db
	);
	expect( rows ).toEqual( [ { server: null, detail: { messages: 476, usual: 500, provider: 'smtp.gmail.com' } } ] );
	const customer = { login: 'customer', userId: 7, owner: 7, may: [ 'run_gateway' ] as never };
	expect( ( await site.call( 'readAlerts', { actor: customer } ) ).status ).toBe( 403 );
	expect( await each( 240, now - dayMs ) ).toEqual( [] );
} );

test( 'a limit that was typed for the account counts in place of its provider’s', async () => {
	const { db } = backend.app;
	await sql`insert into accounts (id, site_id, name, is_default, version, settings, daily_limit, at, by)
		select gen_random_uuid(), site_id, 'Small', false, 1, settings, 100, now(), 'admin' from settings limit 1`.execute(
		db
	);
	await sql`update settings set account = (select id from accounts), account_version = 1`.execute( db );
	expect( await each( 39 ) ).toEqual( [] );
	expect( await each( 40 ) ).toEqual( [ 'account_limit' ] );
	const { rows } = await sql`select detail from incidents where kind = 'account_limit' and ended_at is null`.execute(
		db
	);
	// the screen of accounts says the same, to who manages the site
	const today = async ( may: string[] ) =>
		( await site.call( 'readAccounts', { actor: { may: may as never } } ) ).body.accounts.map(
			( account ) => account.today
		);
	expect( await today( [ 'manage_site', 'manage_defaults' ] ) ).toEqual( [ { used: 80, limit: 100 } ] );
	expect( await today( [ 'manage_defaults' ] ) ).toEqual( [ null ] );
	// whose account it is, is not told with it
	expect( rows ).toEqual( [ { detail: { messages: 80, usual: 100 } } ] );
} );

test( 'mail of a user with a route is of the route’s account: of one that was typed, of a saved one, of the gateway’s', async () => {
	const { app } = backend;
	const { db } = app;
	await sql`update settings set account = null, account_version = null`.execute( db );
	const { id: account, siteId } = await db.selectFrom( 'accounts' ).selectAll().executeTakeFirstOrThrow();
	const server = await db.selectFrom( 'servers' ).selectAll().where( 'serverId', '=', 31 ).executeTakeFirstOrThrow();
	const route = ( number: number, change: object ) => ( {
		...{ number, uid: 1000 + number, user: `site-${ number }`, senders: [ `site-${ number }.test` ], sendAs: null },
		...{ at: new Date().toISOString(), by: 'admin', account: null, smtpPort: 587, password: 'x' },
		...{ smtpServer: 'smtp.gmail.com', userName: 'shop@shop.test' },
		...change,
	} );
	const ofGateway = { smtpServer: 'smtp.gmail.com', userName: settings.userName };
	const routes = [
		route( 1, {} ),
		route( 2, { userName: 'small@shop.test', account: { id: account, version: 1 } } ),
		route( 3, ofGateway ),
	];
	await keepRoutes( app, server, { without: 'default', routes } );
	await each( 0 );
	for ( const [ uid, messages ] of [
		[ 1001, 7 ],
		[ 1002, 85 ],
		[ 1003, 20 ],
		[ 1004, 300 ],
		[ -1, 1 ],
	] ) {
		await sql`insert into mail_counts (log, per, at, uid, outcome, messages)
			select l.id, 'day', ${ new Date( now - ( now % dayMs ) ) }, ${ uid }, 'accepted', ${ messages }
			from mail_logs l where l.server = ${ server.id }
			on conflict (log, per, at, uid, outcome) do update set messages = excluded.messages`.execute( db );
	}
	const used = await accountsUsed( app, now - ( now % dayMs ) );
	const of = { siteId, host: 'smtp.gmail.com', isKept: false, typedLimit: null };
	expect( used.filter( ( one ) => one.used > 0 ).sort( ( a, b ) => a.used - b.used ) ).toEqual( [
		{ ...of, userName: 'shop@shop.test', used: 7 },
		{ ...of, userName: 'small@shop.test', used: 85, isKept: true, typedLimit: 100 },
		{ ...of, userName: settings.userName, used: 321 },
	] );
	await judgeAccounts( app, now );
	const { incidents } = ( await site.call( 'readAlerts' ) ).body;
	expect( incidents.map( ( { trouble } ) => trouble ) ).toEqual( [ 'account_limit' ] );
	await keepRoutes( app, server, { without: 'default', routes: [] } );
	await judgeAccounts( app, now );
	const after = ( await site.call( 'readAlerts' ) ).body.incidents;
	expect( after.map( ( { trouble } ) => trouble ) ).toEqual( [ 'account_limit' ] );
	expect( ( await accountsUsed( app, now - ( now % dayMs ) ) ).find( ( one ) => one.used > 400 )?.used ).toBe( 413 );
} );

test( 'on a day on which a server changes its provider each account counts what left by it', async () => {
	const { db } = backend.app;
	const server = await db.selectFrom( 'servers' ).selectAll().where( 'serverId', '=', 32 ).executeTakeFirstOrThrow();
	const others = ( await accountsUsed( backend.app, now - ( now % dayMs ) ) ).filter( ( { used } ) => used > 0 );
	await sql`insert into mail_counts (log, per, at, uid, outcome, messages)
		select id, 'day', ${ new Date( now - ( now % dayMs ) ) }, 1001, 'accepted', 5 from mail_logs where server = ${
			server.id
		}
		on conflict (log, per, at, uid, outcome) do update set messages = 5`.execute( db );
	for ( const [ n, relay ] of [
		'SMTP.gmail.com',
		'smtp.second.test',
		'smtp.second.test',
		'a.route.test',
	].entries() ) {
		await sql`with r as (
			insert into mail_routes (relay, tls) values (${ `${ relay }[203.0.113.9]:${ 587 + n }` }, '') returning id
		) insert into mails (log, n, tries, at, uid, route, outcome, queue_id)
		select l.id, 0, 1, ${ new Date( now + n ) }, 1001, r.id, 'accepted', ${ `4b${ n }` }
		from mail_logs l, r where l.server = ${ server.id }`.execute( db );
	}
	const body = { settings: { ...settings, smtpServer: 'smtp.second.test', userName: 'second@example.com' } };
	const asked = await site.call( 'installGateway', { serverId: 32, body } );
	await site.untilEnded( 32, asked.body.jobId );
	await sql`update servers set installed_version = submitted_version where server_id = 32`.execute( db );
	const used = await accountsUsed( backend.app, now - ( now % dayMs ) );
	const count = ( host: string, of = used ) =>
		of.filter( ( one ) => one.host === host ).reduce( ( sum, one ) => sum + one.used, 0 );
	// of the fourth nobody knows more than that the gateway's account may have sent it
	expect( [ count( 'smtp.second.test' ), count( 'smtp.gmail.com' ) - count( 'smtp.gmail.com', others ) ] ).toEqual( [
		3, 1,
	] );
} );
