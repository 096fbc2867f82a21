import { expect, test } from '@jest/globals';
import { serverWithSites } from '../../test-fixtures/server-with-sites.ts';
import type { Facts } from '../gateway/facts.ts';

const serverId = 86;
const sites: Facts[ 'sites' ] = [
	{ uid: 1001, user: 'shop', folder: '/var/www/shop.test', domain: 'shop.test', environment: 'staging' },
	{ uid: 1002, user: 'blog', folder: '/var/www/blog.test', domain: 'blog.test', environment: 'production' },
];
const rules = { kind: 'redirect' as const, mailbox: 'tests@example.org', allowed: [ 'example.com' ] };

/** In the order in which the server was asked. */
let asked: string[] = [];
let kept: string[] = [];

const server = serverWithSites( {
	...{ serverId, sites },
	onApply: () => void asked.push( 'apply' ),
	fakes: {
		async readSandboxQueue( _remote, { question } ) {
			asked.push( question );
			return question === 'begin' || question === 'forget' ? [] : kept;
		},
		async changeQueue( _remote, { action, ids } ) {
			asked.push( `${ action } ${ ids.join( ' ' ) }` );
			kept = action === 'hold' ? kept : [];
			return { changed: ids.length, gone: 0 };
		},
	},
} );
const { install } = server;

const call = ( name: 'previewSandbox' | 'turnOnSandbox' | 'turnOffSandbox', body: object ) => {
	asked = [];
	return server.call( name, body );
};
const view = async ( actor?: object ) =>
	( await server.site().call( 'readServer', { serverId, ...( actor && { actor: actor as never } ) } ) ).body.gateway;
const inList = async () => ( await server.site().call( 'listServers', { query: `?ids=${ serverId }` } ) ).body;

test.each( [
	[ 'a mailbox without a domain', { ...rules, mailbox: 'tests' }, 'rules.mailbox', 'not_an_address' ],
	[
		'a domain with a port',
		{ ...rules, allowed: [ 'a.example', 'b.example:25' ] },
		'rules.allowed.1',
		'not_a_domain',
	],
	[ 'a domain with a wildcard', { ...rules, allowed: [ '*.example.com' ] }, 'rules.allowed.0', 'not_a_domain' ],
	[ 'an address as a domain', { ...rules, allowed: [ 'a@example.com' ] }, 'rules.allowed.0', 'not_a_domain' ],
] )( '%s is refused, and nothing is changed', async ( _, typed, path, problem ) => {
	expect( await call( 'turnOnSandbox', { rules: typed } ) ).toMatchObject( {
		code: 'invalid_request',
		data: { fields: [ { path, problem } ] },
	} );
	expect( asked ).toEqual( [] );
} );

test( 'without a gateway there is no sandbox, and one that is off is not turned off', async () => {
	expect( await call( 'turnOnSandbox', { rules } ) ).toMatchObject( { code: 'gateway_not_installed' } );
	expect( await install() ).toMatchObject( { error: null } );
	expect( await call( 'turnOffSandbox', { held: 'keep' } ) ).toMatchObject( { code: 'not_found' } );
	expect( await view() ).toMatchObject( {
		sandbox: null,
		notProduction: [ { name: 'shop.test', environment: 'staging' } ],
	} );
}, 60_000 );

test( 'what it would change is told before, and nothing is changed', async () => {
	const job = await call( 'previewSandbox', { rules } );
	const steps = 'result' in job && job.result?.verb === 'preview_changes' ? job.result.plan : [];
	expect( steps.map( ( { subject } ) => subject.replace( /.*\//, '' ) ) ).toEqual( [
		...[ 'virtual_alias_maps', 'transport_maps', 'sandbox_recipients', 'sandbox_transport', 'postfix' ],
	] );
	expect( asked ).toEqual( [] );
	expect( await view() ).toMatchObject( { sandbox: null } );
}, 60_000 );

test( 'it is a change of the gateway; what was in the queue before is held after it', async () => {
	kept = [ 'A00001', 'A00002' ];
	expect( await call( 'turnOnSandbox', { rules } ) ).toMatchObject( {
		result: { verb: 'turn_on_sandbox', kind: 'redirect', held: 2 },
	} );
	expect( asked ).toEqual( [ 'begin', 'apply', 'queued redirect', 'hold A00001 A00002' ] );
	expect( server.files.get( 'main.cf' ) ).toMatch(
		/^transport_maps = regexp:\/etc\/postfix\/gateway-1\/sandbox_transport$/m
	);
	expect( await view() ).toMatchObject( { sandbox: { ...rules, by: 'admin' } } );
	expect( JSON.stringify( await inList() ) ).toContain( '"sandbox":true' );
	// a look compares with it, and an install keeps it
	expect( await install() ).toMatchObject( { result: { alreadyRight: true } } );
}, 60_000 );

test( 'what somebody else wrote into the database is not used', async () => {
	const { db } = server.app();
	const secrets = db.selectFrom( 'secrets' ).selectAll().where( 'field', '=', 'sandbox' );
	const before = await secrets.executeTakeFirstOrThrow();
	await db
		.updateTable( 'secrets' )
		.set( { sealed: JSON.stringify( { ...before.sealed, ct: 'AAAA' } ) as never } )
		.where( 'field', '=', 'sandbox' )
		.execute();
	expect( await install() ).toMatchObject( { error: { code: 'record_not_genuine' } } );
	// to turn it on again mends that
	expect( await call( 'turnOnSandbox', { rules: { kind: 'hold' } } ) ).toMatchObject( { state: 'succeeded' } );
	expect( server.files.get( 'header_checks' ) ).toContain( '/^Received:/ HOLD' );
}, 60_000 );

test( 'deleted mail is gone before anything can leave; released mail leaves after it', async () => {
	kept = [ 'A00003' ];
	expect( await call( 'turnOffSandbox', { held: 'delete' } ) ).toMatchObject( {
		result: { verb: 'turn_off_sandbox', choice: 'delete', messages: 1 },
	} );
	expect( asked ).toEqual( [ 'kept', 'delete A00003', 'apply', 'kept', 'forget' ] );
	expect( [ ...server.files.keys() ].filter( ( name ) => name.startsWith( 'sandbox' ) ) ).toEqual( [] );
	await call( 'turnOnSandbox', { rules } );
	kept = [ 'A00004' ];
	expect( await call( 'turnOffSandbox', { held: 'release' } ) ).toMatchObject( { result: { messages: 1 } } );
	expect( asked ).toEqual( [ 'apply', 'kept', 'release A00004', 'forget' ] );
	expect( await view() ).toMatchObject( { sandbox: null } );
}, 60_000 );

test( 'Remove forgets it', async () => {
	await call( 'turnOnSandbox', { rules } );
	expect( await server.call( 'removeGateway' ) ).toMatchObject( { state: 'succeeded' } );
	expect( await view() ).toMatchObject( { sandbox: null } );
}, 60_000 );

test( 'who gets the server is told that it is on, and not whose mailbox it is', async () => {
	const customer = ( owner: number ) => ( { login: `c${ owner }`, userId: owner, owner, may: [ 'run_gateway' ] } );
	await install();
	await call( 'turnOnSandbox', { rules } );
	await view( customer( 7 ) );
	expect( await view( customer( 8 ) ) ).toMatchObject( {
		sandbox: { kind: 'redirect', mailbox: null, allowed: [], by: null },
	} );
	expect( await view() ).toMatchObject( { sandbox: { mailbox: rules.mailbox } } );
}, 60_000 );
