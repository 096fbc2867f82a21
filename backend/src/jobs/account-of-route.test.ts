import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { accountOf } from '../../test-fixtures/accounts.ts';
import { bareFacts, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { factsOf } from '../../test-fixtures/installed-facts.ts';
import { lookOnce } from '../../test-fixtures/look-once.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { Facts } from '../gateway/facts.ts';
import { Secret } from '../vault/secret.ts';

const serverId = 91;
const sites: Facts[ 'sites' ] = [ 1001, 1002 ].map( ( uid ) => ( {
	...{ uid, user: `site-${ uid }`, folder: `/var/www/${ uid }.test`, domain: null, environment: null },
} ) );
const customer = { login: 'customer', userId: 7, owner: 7, may: [ 'run_gateway', 'see_mail_log' ] as never };

let backend: TestBackend;
let site: SiteClient;
let id = '';
let facts: Facts = { ...bareFacts, sites };
let passwd = '';
let signedIn: string[] = [];
let flushes = 0;

beforeAll( async () => {
	const { tools } = makeFakeTools( {
		look: async () => facts,
		async preflight( _remote, { settings: { smtpServer }, password } ) {
			signedIn.push( `${ smtpServer } ${ password.reveal() }` );
			return { tlsVersion: 'TLSv1.3', certificateName: null };
		},
		async flush() {
			flushes++;
			return { delivered: 1, waiting: 0, older: 0 };
		},
		async apply( _remote, { desired } ) {
			const file = desired.files.find( ( { name } ) => name === 'route-1_passwd' );
			passwd = file?.content instanceof Secret ? file.content.reveal() : '';
			facts = { ...factsOf( desired ), sites };
			return { savedQueue: null };
		},
	} );
	backend = await startBackend( { tools } );
	site = await backend.site();
	await connectServer( site, serverId );
	await ended( await site.call( 'installGateway', { serverId, body: { settings } } ) );
	const saved = await save( { password: { use: 'typed', value: 'first' } } );
	id = saved.body.accounts[ 0 ]?.id ?? '';
}, 120_000 );
afterAll( () => backend.stop() );

const ended = async ( { body }: { body: object } ) =>
	( await site.untilEnded( serverId, ( body as { jobId: string } ).jobId ) ).job;
const save = ( change: object ) =>
	site.call( 'saveAccount', {
		body: {
			account: accountOf(
				{ ...settings, smtpServer: 'smtp.routes.test', note: '' },
				{ id: id || null, name: 'Routes', isDefault: false, ...change }
			),
		},
	} );
const set = ( change: object = {}, actor?: object ) => {
	signedIn = [];
	const body = { uid: 1001, account: { use: 'account', id }, senders: [ 'shop.test' ], ...change };
	return site.call( 'setRoute', { serverId, body: body as never, ...( actor && { actor } ) } );
};
const use = async () => ( await site.call( 'readAccounts' ) ).body.accounts[ 0 ]?.usedBy;
const told = async ( actor?: object ) =>
	( await site.call( 'readSites', { serverId, ...( actor && { actor } ) } ) ).body.users[ 0 ]?.route;

test( 'a saved account signs in, and says which routes have it', async () => {
	expect( await ended( await set() ) ).toMatchObject( { state: 'succeeded' } );
	expect( signedIn ).toEqual( [ 'smtp.routes.test first' ] );
	expect( passwd ).toContain( ':first' );
	expect( await told() ).toMatchObject( {
		account: { saved: { id, name: 'Routes', hasOlderValues: false }, smtpServer: 'smtp.routes.test' },
	} );
	expect( await use() ).toMatchObject( {
		...{ servers: 1, withOlderValues: 0 },
		listed: [ { serverId, routes: [ { user: 'site-1001', hasOlderValues: false } ] } ],
	} );
	expect( ( await site.call( 'readAccounts' ) ).body.accounts[ 0 ]?.proved ).toMatchObject( { by: 'sign_in' } );
} );

test( 'a route is checked before it is set: a sign-in, and each domain at this provider; nothing is changed', async () => {
	signedIn = [];
	passwd = 'untouched';
	const senders = [ 'blog.test', 'info@blog.test', 'x@third.test' ];
	const check = ( change: object = {} ) =>
		site.call( 'checkRoute', {
			serverId,
			body: { uid: 1002, account: { use: 'account', id }, senders, ...change } as never,
		} );
	expect( await ended( await check() ) ).toMatchObject( {
		result: { verb: 'check_route', senders: [ { domain: 'blog.test' }, { domain: 'third.test' } ] },
	} );
	expect( signedIn ).toEqual( [ 'smtp.routes.test first' ] );
	// what could not be set is not checked
	expect( await check( { senders: [ 'shop.test' ] } ) ).toMatchObject( {
		body: { code: 'sender_of_another_route' },
	} );
	expect( [ signedIn.length, passwd, ( await use() )?.servers ] ).toEqual( [ 1, 'untouched', 1 ] );
} );

test( 'it is not deleted, also while a job is about to use it', async () => {
	const refused = { status: 409, body: { code: 'account_in_use', data: { detail: { servers: 1, channels: 0 } } } };
	expect( await site.call( 'deleteAccount', { body: { id } } ) ).toMatchObject( refused );
	const { db } = backend.app;
	const rows = await db.deleteFrom( 'routeAccounts' ).returningAll().execute();
	expect( rows ).toHaveLength( 1 );
	const ofRoute = db.updateTable( 'jobs' ).where( 'verb', '=', 'set_route' );
	await ofRoute.set( { state: 'queued' } ).execute();
	expect( await site.call( 'deleteAccount', { body: { id } } ) ).toMatchObject( refused );
	await ofRoute.set( { state: 'succeeded' } ).execute();
	await db.insertInto( 'routeAccounts' ).values( rows ).execute();
} );

test( 'who is not shown it neither chooses nor replaces it, keeps it, and learns nothing of it', async () => {
	expect( await set( {}, customer ) ).toMatchObject( { status: 403 } );
	const typed = {
		...{ use: 'typed', smtpServer: 'smtp.routes.test', smtpPort: 587, userName: 'me', password: 'first' },
	};
	expect( await set( { account: typed }, customer ) ).toMatchObject( {
		body: { code: 'route_account_not_shown', data: { detail: { user: 'site-1001' } } },
	} );
	expect( await told( customer ) ).toMatchObject( { account: null, senders: [ 'shop.test' ] } );
	const { body } = await set( { account: { use: 'kept' }, senders: [ 'shop.test', 'more.test' ] }, customer );
	await ended( { body } );
	const { body: job } = await site.call( 'readJob', { serverId, jobId: body.jobId, actor: customer } );
	expect( job ).toMatchObject( { job: { state: 'succeeded', result: { smtpServer: '' } } } );
	expect( JSON.stringify( job ) ).not.toContain( 'smtp.routes.test' );
	expect( await told( customer ) ).toMatchObject( { senders: [ 'shop.test', 'more.test' ] } );
	// what it typed for the gateway itself stays in its own form
	const { gateway } = ( await site.call( 'readServer', { serverId, actor: customer } ) ).body;
	expect( gateway.installed?.settings.smtpServer ).toBe( settings.smtpServer );
} );

test( 'a rotated one says which routes have older values, and Update Servers gives them the present ones', async () => {
	await save( { password: { use: 'typed', value: 'second' } } );
	expect( await use() ).toMatchObject( {
		...{ servers: 1, withOlderValues: 1 },
		listed: [ { hasOlderValues: true, routes: [ { user: 'site-1001', hasOlderValues: true } ] } ],
	} );
	expect( await told() ).toMatchObject( { account: { saved: { hasOlderValues: true } } } );
	await backend.app.db.updateTable( 'accounts' ).set( { provedAt: new Date(), provedBy: 'sign_in' } ).execute();
	signedIn = [];
	expect( ( await site.call( 'updateServers', { body: { id } } ) ).body ).toEqual( { started: 1, left: [] } );
	const job = ( await site.call( 'readServer', { serverId } ) ).body.job;
	expect( await ended( { body: { jobId: job?.jobId } } ) ).toMatchObject( {
		...{ state: 'succeeded', result: { verb: 'update_routes', routes: 1 } },
	} );
	expect( signedIn ).toEqual( [ 'smtp.routes.test second' ] );
	expect( passwd ).toContain( ':second' );
	expect( await use() ).toMatchObject( { withOlderValues: 0 } );
	expect( ( await site.call( 'updateServers', { body: { id } } ) ).body ).toEqual( { started: 0, left: [] } );
} );

test( 'what waits is tried at once with an account that signed in, as after an install', async () => {
	flushes = 0;
	facts = { ...facts, queue: 3 };
	await ended( await set() );
	expect( flushes ).toBe( 1 );
} );

test( 'a login that is refused is told as that of its route, and by name to who is shown the account', async () => {
	const reason = 'SASL authentication failed; server smtp.routes.test[192.0.2.1] said: 535 5.7.8 bad';
	facts = { ...facts, queue: 2, stuck: 2, deferrals: [ { count: 2, at: 1_000_000, route: 1, reason } ] };
	await lookOnce( backend.app );
	const seen = async ( actor: object = {} ) =>
		( await site.call( 'readServer', { serverId, actor } ) ).body.connection?.lastLook?.mail?.reasons;
	const account = { name: 'Routes', smtpServer: 'smtp.routes.test' };
	expect( await seen() ).toMatchObject( [ { cause: 'wrong_credentials', route: { uid: 1001, account } } ] );
	expect( await seen( customer ) ).toMatchObject( [ { reply: '', route: { uid: 1001, account: null } } ] );
} );

test( 'a server that was pointed elsewhere is given it no more, until the route is removed', async () => {
	const { db, vault } = backend.app;
	const { changeConnection } = await import( '../db/change-server.ts' );
	const { holdServer } = await import( '../db/servers.ts' );
	await db.transaction().execute( async ( tx ) => {
		const { siteId } = await tx.selectFrom( 'servers' ).selectAll().executeTakeFirstOrThrow();
		await changeConnection( tx, vault, await holdServer( tx, vault, { siteId, serverId } ), {
			mayHaveDefaults: false,
		} );
	} );
	const again = { ...settings, note: 'again' };
	const refused = { state: 'failed', error: { code: 'forbidden', changed: 'nothing' } };
	const install = () => site.call( 'installGateway', { serverId, body: { settings: again } } );
	expect( await ended( await install() ) ).toMatchObject( refused );
	expect(
		await ended( await site.call( 'pauseSite', { serverId, body: { uid: 1002, how: 'hold' } } ) )
	).toMatchObject( refused );
	expect( await ended( await site.call( 'removeRoute', { serverId, body: { uid: 1001 } } ) ) ).toMatchObject( {
		state: 'succeeded',
	} );
	expect( await ended( await install() ) ).toMatchObject( { state: 'succeeded' } );
	expect( await use() ).toMatchObject( { servers: 0 } );
	expect( ( await site.call( 'deleteAccount', { body: { id } } ) ).status ).toBe( 200 );
} );
