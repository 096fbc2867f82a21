import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bareFacts, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { factsOf } from '../../test-fixtures/installed-facts.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { GatewayError } from '../errors.ts';
import type { Facts } from '../gateway/facts.ts';
import { Secret } from '../vault/secret.ts';

const serverId = 87;
const found = ( uid: number, user: string | null ) => ( {
	...{ uid, user, folder: `/var/www/${ uid }.test`, domain: null, environment: null },
} );
const sites: Facts[ 'sites' ] = [ found( 1001, 'shop' ), found( 1002, 'blog' ), found( 1003, null ) ];
const route = ( change: object = {} ) => ( {
	...{ uid: 1001, account: typed(), senders: [ 'Shop.test', 'info@group.test' ] },
	...change,
} );
const typed = ( change: object = {} ) => ( {
	...{ use: 'typed', smtpServer: 'smtp.shop.test', smtpPort: 465, userName: 'shop@shop.test' },
	...{ password: 'secret of shop', ...change },
} );

let backend: TestBackend;
let site: SiteClient;
let facts: Facts = { ...bareFacts, sites };
let files = new Map< string, string >();
/** Who signed in, with which password. */
let signedIn: string[] = [];

beforeAll( async () => {
	const { tools } = makeFakeTools( {
		look: async () => facts,
		async preflight( _remote, { settings: { userName, smtpServer }, password } ) {
			if ( password.reveal() === 'wrong' ) {
				throw new GatewayError( 'provider_login_refused', { host: 'smtp.shop.test', port: 465 } );
			}
			signedIn.push( `${ userName } ${ smtpServer } ${ password.reveal() }` );
			return { tlsVersion: 'TLSv1.3', certificateName: null };
		},
		async apply( _remote, { desired } ) {
			files = new Map(
				desired.files.map( ( { name, content } ) => [
					name,
					content instanceof Secret ? content.reveal() : content,
				] )
			);
			files.set( 'master.cf', desired.masterCf );
			facts = { ...factsOf( desired ), sites };
			return { savedQueue: null };
		},
	} );
	backend = await startBackend( { tools } );
	site = await backend.site();
	await connectServer( site, serverId );
}, 120_000 );
afterAll( () => backend.stop() );

const ended = async ( jobId: string ) => ( await site.untilEnded( serverId, jobId ) ).job;
const call = async ( name: 'setRoute' | 'removeRoute' | 'routeOthers', body: object ) => {
	files = new Map();
	signedIn = [];
	const answer = await site.call( name, { serverId, body: body as never } );
	return 'jobId' in answer.body ? ended( answer.body.jobId ) : answer.body;
};
const told = async () => ( await site.call( 'readSites', { serverId } ) ).body;
const routes = async () =>
	( await told() ).users.flatMap( ( { user, route: one } ) => ( one ? [ [ user, one ] ] : [] ) );

test( 'without a gateway there is no route', async () => {
	expect( await call( 'setRoute', route() ) ).toMatchObject( { code: 'gateway_not_installed' } );
} );

test( 'an account is signed in with, and then its site leaves by it alone', async () => {
	await ended( ( await site.call( 'installGateway', { serverId, body: { settings } } ) ).body.jobId );
	expect( await call( 'setRoute', route() ) ).toMatchObject( {
		state: 'succeeded',
		result: { verb: 'set_route', smtpServer: 'smtp.shop.test' },
	} );
	expect( signedIn ).toEqual( [ 'shop@shop.test smtp.shop.test secret of shop' ] );
	expect( files.get( 'routes' ) ).toBe(
		[ 'shop@localhost', '@shop.test', 'info@group.test' ]
			.map( ( sender ) => `${ sender } gw-1:[smtp.shop.test]:465\n` )
			.join( '' )
	);
	expect( files.get( 'route-1_passwd' ) ).toBe( '[smtp.shop.test]:465 shop@shop.test:secret of shop\n' );
	expect( files.get( 'master.cf' ) ).toContain( '\ngw-1 unix' );
	expect( await routes() ).toMatchObject( [
		[ 'shop', { account: { userName: 'shop@shop.test', saved: null }, by: 'admin' } ],
	] );
	expect( JSON.stringify( await told() ) ).not.toContain( 'secret of shop' );
} );

test.each( [
	[
		'a route without a site',
		{ uid: 4711 },
		{ code: 'unix_user_unknown', data: { detail: { uid: 4711, reason: 'unknown' } } },
	],
	[
		'a user without a name',
		{ uid: 1003, senders: [ 'x.test' ] },
		{ code: 'unix_user_unknown', data: { detail: { uid: 1003, reason: 'no_name' } } },
	],
	[
		'a domain with a port',
		{ senders: [ 'shop.test:25' ] },
		{ code: 'invalid_request', data: { fields: [ { path: 'senders.0', problem: 'not_a_domain' } ] } },
	],
	[ 'no sender', { senders: [] }, { data: { fields: [ { path: 'senders', problem: 'required' } ] } } ],
	[
		'what a route keeps where there is none',
		{ uid: 1002, account: { use: 'kept' } },
		{ code: 'password_required' },
	],
	[
		'a server with a port',
		{ account: typed( { smtpServer: 'smtp.shop.test:465' } ) },
		{ data: { fields: [ { path: 'account.smtpServer', problem: 'not_a_host_name' } ] } },
	],
	[
		'an account that is not there',
		{ account: { use: 'account', id: '00000000-0000-4000-8000-000000000001' } },
		{ code: 'not_found' },
	],
	[
		'a sender of another route',
		{ uid: 1002, senders: [ 'blog.test', 'shop.test' ] },
		{ code: 'sender_of_another_route', data: { detail: { sender: 'shop.test', user: 'shop' } } },
	],
	[
		'an address in a domain of another',
		{ uid: 1002, senders: [ 'x@shop.test' ] },
		{ code: 'sender_of_another_route' },
	],
	[
		'a domain with an address of another',
		{ uid: 1002, senders: [ 'group.test' ] },
		{ code: 'sender_of_another_route' },
	],
] )( '%s is refused, and nothing is changed', async ( _what, change, refusal ) => {
	expect( await call( 'setRoute', route( change ) ) ).toMatchObject( refusal );
	expect( [ signedIn, files.size, ( await routes() ).length ] ).toEqual( [ [], 0, 1 ] );
} );

test( 'an account that cannot sign in changes nothing', async () => {
	const wrong = route( { uid: 1002, account: typed( { password: 'wrong' } ), senders: [ 'blog.test' ] } );
	expect( await call( 'setRoute', wrong ) ).toMatchObject( {
		state: 'failed',
		error: { code: 'provider_login_refused', changed: 'nothing' },
	} );
	expect( [ files.size, ( await routes() ).length ] ).toEqual( [ 0, 1 ] );
} );

test( 'a second route has its own, and what is saved stays with it', async () => {
	await call(
		'setRoute',
		route( { uid: 1002, account: typed( { userName: 'blog@shop.test' } ), senders: [ 'blog.test' ] } )
	);
	await call( 'setRoute', route( { account: { use: 'kept' }, senders: [ 'shop.test' ] } ) );
	expect( signedIn ).toEqual( [ 'shop@shop.test smtp.shop.test secret of shop' ] );
	expect( files.get( 'routes' ) ).not.toContain( 'group.test' );
	expect( files.get( 'route-2_passwd' ) ).toContain( 'blog@shop.test:secret of shop' );
} );

test( 'sites without a route can be held, and an install and a pause keep the routes', async () => {
	expect( await call( 'routeOthers', { without: 'hold' } ) ).toMatchObject( { result: { without: 'hold' } } );
	expect( ( await told() ).withoutRoute ).toBe( 'hold' );
	await ended( ( await site.call( 'pauseSite', { serverId, body: { uid: 1001, how: 'hold' } } ) ).body.jobId );
	expect( files.get( '/usr/local/sbin/email-gateway-may-send' ) ).toMatch( /^without hold\nhold 1001\nmay 1001 /m );
	const again = { ...settings, note: 'again' };
	signedIn = [];
	await ended( ( await site.call( 'installGateway', { serverId, body: { settings: again } } ) ).body.jobId );
	expect( files.get( 'routes' ) ).toContain( 'gw-2:' );
	// the gateway's own, and each account of a route
	expect( signedIn.map( ( one ) => one.split( ' ' )[ 0 ] ) ).toEqual( [
		...[ settings.userName, 'shop@shop.test', 'blog@shop.test' ],
	] );
} );

test( 'a route that is removed frees its senders; without any, nothing is held', async () => {
	await call( 'removeRoute', { uid: 1001 } );
	expect( await call( 'removeRoute', { uid: 1001 } ) ).toMatchObject( { code: 'not_found' } );
	await call( 'removeRoute', { uid: 1002 } );
	expect( [ files.has( 'routes' ), ( await told() ).withoutRoute, await routes() ] ).toEqual( [
		false,
		'default',
		[],
	] );
	expect( await call( 'routeOthers', { without: 'hold' } ) ).toMatchObject( { code: 'not_found' } );
} );

test( 'Remove Email Gateway ends the routes', async () => {
	await call( 'setRoute', route() );
	await ended( ( await site.call( 'removeGateway', { serverId, body: {} as never } ) ).body.jobId );
	expect( await routes() ).toEqual( [] );
} );
