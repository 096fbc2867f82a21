import { expect, test } from '@jest/globals';
import { serverWithSites } from '../../test-fixtures/server-with-sites.ts';
import type { Facts } from '../gateway/facts.ts';
import { submitterProgram } from '../gateway/submitter.ts';

const serverId = 85;
const sites: Facts[ 'sites' ] = [
	{ uid: 1001, user: 'shop', folder: '/var/www/shop.test', domain: 'shop.test', environment: null },
	{ uid: 0, user: 'root', folder: '/var/www/root.test', domain: 'root.test', environment: null },
];

let asked: string[] = [];
let queued: Record< number, string[] > = {};

const server = serverWithSites( {
	...{ serverId, sites },
	fakes: {
		readSiteQueue: async ( _remote, { uid } ) => queued[ uid ] ?? [],
		async changeQueue( _remote, { action, ids } ) {
			asked.push( `${ action } ${ ids.join( ' ' ) }` );
			queued = {};
			return { changed: ids.length, gone: 0 };
		},
	},
} );

const call = ( name: 'pauseSite' | 'resumeSite', body: object ) => {
	asked = [];
	return server.call( name, body );
};
const pauseOf = async ( uid: number ) => ( await server.told() ).users.find( ( user ) => user.uid === uid )?.pause;

test( 'without a gateway nobody is paused, nor a user who is not known, root or somebody who is not paused', async () => {
	expect( await call( 'pauseSite', { uid: 1001 } ) ).toMatchObject( { code: 'gateway_not_installed' } );
	expect( await server.install() ).toMatchObject( { error: null } );
	expect( await call( 'pauseSite', { uid: 4711 } ) ).toMatchObject( { code: 'not_found' } );
	expect( await call( 'pauseSite', { uid: 0 } ) ).toMatchObject( { code: 'invalid_request' } );
	expect( await call( 'resumeSite', { uid: 1001, held: 'keep' } ) ).toMatchObject( { code: 'not_found' } );
}, 60_000 );

test( 'a pause is a change of the gateway; what the user had queued is held', async () => {
	queued = { 1001: [ 'A00001', 'A00002' ] };
	const job = await call( 'pauseSite', { uid: 1001 } );
	expect( job ).toMatchObject( { state: 'succeeded', result: { verb: 'pause_site', how: 'hold', held: 2 } } );
	expect( asked ).toEqual( [ 'hold A00001 A00002' ] );
	expect( server.files.get( 'header_checks' ) ).toContain( 'from userid 1001\\)/ HOLD' );
	expect( server.files.get( submitterProgram ) ).toMatch( /^#!\/bin\/sh\n# paused: 1001:hold\n/ );
	expect( server.files.get( 'main.cf' ) ).toMatch( /^smtpd_policy_service_default_action = 451 /m );
	expect( await pauseOf( 1001 ) ).toMatchObject( { how: 'hold' } );
	// a look compares with it: nothing differs
	const check = await server.site().call( 'checkConnection', { serverId } );
	await server.ended( check.body.jobId );
	const { body } = await server.site().call( 'readServer', { serverId } );
	expect( body.connection?.lastLook?.mail?.differs ).toEqual( [] );
}, 60_000 );

test( 'an install keeps it, and the audit tells who was paused', async () => {
	expect( await server.install() ).toMatchObject( { result: { alreadyRight: true } } );
	const { body: audit } = await server.site().call( 'readAudit', { serverId } );
	expect( audit.entries.map( ( { detail } ) => detail ) ).toContainEqual(
		expect.objectContaining( { verb: 'pause_site', user: 'shop', how: 'hold' } )
	);
}, 60_000 );

test( 'where the server does not become what it should, the pause is not told as one', async () => {
	server.isBroken = true;
	expect( await call( 'pauseSite', { uid: 1001, how: 'refuse' } ) ).toMatchObject( {
		error: { code: 'verify_failed', changed: 'unknown' },
	} );
	server.isBroken = false;
	expect( await pauseOf( 1001 ) ).toMatchObject( { how: 'hold' } );
	expect( await call( 'pauseSite', { uid: 1001, how: 'refuse' } ) ).toMatchObject( { state: 'succeeded' } );
	expect( server.files.get( 'refused_users' ) ).toBe( 'shop paused\n' );
	expect( server.files.get( 'main.cf' ) ).toContain(
		'authorized_submit_users = !texthash:/etc/postfix/gateway-1/refused_users'
	);
}, 60_000 );

test( 'a user who is resumed sends again, and held mail becomes what was chosen', async () => {
	queued = { 1001: [ 'A00003' ] };
	const job = await call( 'resumeSite', { uid: 1001, held: 'release' } );
	expect( job ).toMatchObject( { result: { verb: 'resume_site', choice: 'release', messages: 1 } } );
	expect( asked ).toEqual( [ 'release A00003' ] );
	expect( [ server.files.get( 'header_checks' ), server.files.has( 'refused_users' ) ] ).toEqual( [
		expect.not.stringContaining( 'userid' ),
		false,
	] );
	expect( await pauseOf( 1001 ) ).toBeNull();
}, 60_000 );

test( 'Remove forgets who was paused', async () => {
	await call( 'pauseSite', { uid: 1001 } );
	expect( await server.call( 'removeGateway' ) ).toMatchObject( { state: 'succeeded' } );
	expect( await pauseOf( 1001 ) ).toBeNull();
}, 60_000 );
