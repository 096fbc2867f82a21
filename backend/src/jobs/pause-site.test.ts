import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bareFacts, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { factsOf } from '../../test-fixtures/installed-facts.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { Secret } from '../vault/secret.ts';
import type { Facts } from '../gateway/facts.ts';
import { submitterProgram } from '../gateway/submitter.ts';

const serverId = 85;
const sites: Facts[ 'sites' ] = [
	{ uid: 1001, user: 'shop', folder: '/var/www/shop.test', domain: 'shop.test', environment: null },
	{ uid: 0, user: 'root', folder: '/var/www/root.test', domain: 'root.test', environment: null },
];

let backend: TestBackend;
let site: SiteClient;
let facts: Facts = { ...bareFacts, sites };
/** What lies on the server, by path. */
let files = new Map< string, string >();
let asked: string[] = [];
let queued: Record< number, string[] > = {};
let isBroken = false;

beforeAll( async () => {
	const { tools } = makeFakeTools( {
		look: async () => facts,
		async apply( _remote, { desired } ) {
			files = new Map(
				desired.files.map( ( { name, content } ) => [ name, content instanceof Secret ? '' : content ] )
			);
			files.set( 'main.cf', desired.mainCf( 1 ) );
			facts = isBroken ? facts : { ...factsOf( desired ), sites };
			return { savedQueue: null };
		},
		readSiteQueue: async ( _remote, { uid } ) => queued[ uid ] ?? [],
		async changeQueue( _remote, { action, ids } ) {
			asked.push( `${ action } ${ ids.join( ' ' ) }` );
			queued = {};
			return { changed: ids.length, gone: 0 };
		},
	} );
	backend = await startBackend( { tools } );
	site = await backend.site();
	await connectServer( site, serverId );
}, 120_000 );
afterAll( () => backend.stop() );

const ended = async ( jobId: string ) => ( await site.untilEnded( serverId, jobId ) ).job;
const call = async ( name: 'pauseSite' | 'resumeSite', body: object ) => {
	asked = [];
	const answer = await site.call( name, { serverId, body: body as never } );
	return 'jobId' in answer.body ? ended( answer.body.jobId ) : answer.body;
};
const pauseOf = async ( uid: number ) =>
	( await site.call( 'readSites', { serverId } ) ).body.users.find( ( user ) => user.uid === uid )?.pause;

test( 'without a gateway nobody is paused, nor a user who is not known, root or somebody who is not paused', async () => {
	expect( await call( 'pauseSite', { uid: 1001 } ) ).toMatchObject( { code: 'gateway_not_installed' } );
	const { body } = await site.call( 'installGateway', { serverId, body: { settings } } );
	expect( ( await ended( body.jobId ) ).error ).toBeNull();
	expect( await call( 'pauseSite', { uid: 4711 } ) ).toMatchObject( { code: 'not_found' } );
	expect( await call( 'pauseSite', { uid: 0 } ) ).toMatchObject( { code: 'invalid_request' } );
	expect( await call( 'resumeSite', { uid: 1001, held: 'keep' } ) ).toMatchObject( { code: 'not_found' } );
}, 60_000 );

test( 'a pause is a change of the gateway; what the user had queued is held', async () => {
	queued = { 1001: [ 'A00001', 'A00002' ] };
	const job = await call( 'pauseSite', { uid: 1001 } );
	expect( job ).toMatchObject( { state: 'succeeded', result: { verb: 'pause_site', how: 'hold', held: 2 } } );
	expect( asked ).toEqual( [ 'hold A00001 A00002' ] );
	expect( files.get( 'header_checks' ) ).toContain( 'from userid 1001\\)/ HOLD' );
	expect( files.get( submitterProgram ) ).toMatch( /^#!\/bin\/sh\n# paused: 1001:hold\n/ );
	expect( files.get( 'main.cf' ) ).toMatch( /^smtpd_policy_service_default_action = 451 /m );
	expect( await pauseOf( 1001 ) ).toMatchObject( { how: 'hold' } );
	// a look compares with it: nothing differs
	const check = await site.call( 'checkConnection', { serverId } );
	await ended( check.body.jobId );
	const { body } = await site.call( 'readServer', { serverId } );
	expect( body.connection?.lastLook?.mail?.differs ).toEqual( [] );
}, 60_000 );

test( 'an install keeps it, and the audit tells who was paused', async () => {
	const { body } = await site.call( 'installGateway', { serverId, body: { settings } } );
	expect( ( await ended( body.jobId ) ).result ).toMatchObject( { alreadyRight: true } );
	const { body: audit } = await site.call( 'readAudit', { serverId } );
	expect( audit.entries.map( ( { detail } ) => detail ) ).toContainEqual(
		expect.objectContaining( { verb: 'pause_site', user: 'shop', how: 'hold' } )
	);
}, 60_000 );

test( 'where the server does not become what it should, the pause is not told as one', async () => {
	isBroken = true;
	expect( await call( 'pauseSite', { uid: 1001, how: 'refuse' } ) ).toMatchObject( {
		error: { code: 'verify_failed', changed: 'unknown' },
	} );
	isBroken = false;
	expect( await pauseOf( 1001 ) ).toMatchObject( { how: 'hold' } );
	expect( await call( 'pauseSite', { uid: 1001, how: 'refuse' } ) ).toMatchObject( { state: 'succeeded' } );
	expect( files.get( 'refused_users' ) ).toBe( 'shop paused\n' );
	expect( files.get( 'main.cf' ) ).toContain(
		'authorized_submit_users = !texthash:/etc/postfix/gateway-1/refused_users'
	);
}, 60_000 );

test( 'a user who is resumed sends again, and held mail becomes what was chosen', async () => {
	queued = { 1001: [ 'A00003' ] };
	const job = await call( 'resumeSite', { uid: 1001, held: 'release' } );
	expect( job ).toMatchObject( { result: { verb: 'resume_site', choice: 'release', messages: 1 } } );
	expect( asked ).toEqual( [ 'release A00003' ] );
	expect( [ files.get( 'header_checks' ), files.has( 'refused_users' ) ] ).toEqual( [
		expect.not.stringContaining( 'userid' ),
		false,
	] );
	expect( await pauseOf( 1001 ) ).toBeNull();
}, 60_000 );

test( 'Remove forgets who was paused', async () => {
	await call( 'pauseSite', { uid: 1001 } );
	const { body } = await site.call( 'removeGateway', { serverId } );
	expect( ( await ended( body.jobId ) ).state ).toBe( 'succeeded' );
	expect( await pauseOf( 1001 ) ).toBeNull();
}, 60_000 );
