import { expect, test } from '@jest/globals';
import { serverWithSites } from '../../test-fixtures/server-with-sites.ts';
import type { Facts } from '../gateway/facts.ts';
import { doorsProgram } from '../gateway/doors.ts';

const serverId = 88;
const found = ( uid: number, user: string | null ) => ( {
	...{ uid, user, folder: `/var/www/${ uid }.test`, domain: null, environment: null },
} );
const sites: Facts[ 'sites' ] = [ found( 1001, 'shop' ), found( 1002, 'blog' ), found( 0, 'root' ) ];
const server = serverWithSites( { serverId, sites } );
const lineTwo = () => server.files.get( doorsProgram )?.split( '\n' )[ 1 ];
const customer = ( owner: number, may = [ 'run_gateway', 'see_mail_log' ] ) => ( {
	...{ login: `c${ owner }`, userId: owner, owner, may },
} );

test( 'without a gateway there is nothing to close, nor for root or somebody who is not known', async () => {
	expect( await server.call( 'changeDoors', { uids: [ 1001 ] } ) ).toMatchObject( { code: 'gateway_not_installed' } );
	expect( await server.install() ).toMatchObject( { error: null } );
	expect( await server.call( 'changeDoors', { uids: [ 0 ] } ) ).toMatchObject( { code: 'invalid_request' } );
	expect( await server.call( 'changeDoors', { uids: [ 1001, 4711 ] } ) ).toMatchObject( { code: 'not_found' } );
	expect( ( await server.told() ).closedDoors ).toEqual( [] );
}, 60_000 );

test( 'what it would change is told before, and nothing is changed', async () => {
	const job = await server.call( 'previewDoors', { uids: [ 1002, 1001 ] } );
	const steps = 'result' in job && job.result?.verb === 'preview_changes' ? job.result.plan : [];
	expect( steps.map( ( { kind, subject } ) => `${ kind } ${ subject.replace( /.*\//, '' ) }` ) ).toEqual( [
		...[ 'install_package nftables', 'write_file email-gateway-doors' ],
		...[ 'write_file email-gateway-doors.service', 'enable_service email-gateway-doors.service', 'reload postfix' ],
	] );
	expect( lineTwo() ).toBeUndefined();
}, 60_000 );

test( 'it is a change of the gateway that an install keeps; counts are told to who may see the mail log', async () => {
	expect( await server.call( 'changeDoors', { uids: [ 1002, 1001 ] } ) ).toMatchObject( {
		result: { verb: 'change_doors', closed: 2 },
	} );
	expect( lineTwo() ).toBe( '# closed: 1001 1002' );
	expect( await server.install() ).toMatchObject( { result: { alreadyRight: true } } );
	const since = Math.floor( Date.now() / 1000 );
	server.facts = { ...server.facts, refusedDoors: [ { uid: 1001, since, refused: 12 } ] };
	await server.ended( ( await server.site().call( 'checkConnection', { serverId } ) ).body.jobId );
	const told = ( await server.told( customer( 7 ) ) ).closedDoors;
	expect( told.map( ( { user, refused } ) => [ user, refused?.times ] ) ).toEqual( [
		[ 'shop', 12 ],
		[ 'blog', undefined ],
	] );
	expect( ( await server.told( customer( 7, [ 'run_gateway' ] ) ) ).closedDoors[ 0 ]?.refused ).toBeNull();
	const { body: audit } = await server.site().call( 'readAudit', { serverId } );
	expect( audit.entries.map( ( { detail } ) => detail ) ).toContainEqual(
		expect.objectContaining( { verb: 'change_doors', users: [ 'shop', 'blog' ] } )
	);
}, 60_000 );

test( 'as whom we sign in is never closed: our own checks would be refused', async () => {
	server.facts = { ...server.facts, signedInAs: 1002 };
	expect( await server.call( 'changeDoors', { uids: [ 1002 ] } ) ).toMatchObject( {
		error: { code: 'door_of_sign_in', detail: { user: 'blog' }, changed: 'nothing' },
	} );
	server.facts = { ...server.facts, signedInAs: 0 };
}, 60_000 );

test( 'what somebody else wrote into the database is not used', async () => {
	const { db } = server.app();
	const secrets = db.selectFrom( 'secrets' ).selectAll().where( 'field', '=', 'closed_doors' );
	const before = await secrets.executeTakeFirstOrThrow();
	const change = ( sealed: object ) =>
		db
			.updateTable( 'secrets' )
			.set( { sealed: JSON.stringify( sealed ) as never } )
			.where( 'field', '=', 'closed_doors' )
			.execute();
	await change( { ...before.sealed, ct: 'AAAA' } );
	expect( await server.install() ).toMatchObject( { error: { code: 'record_not_genuine' } } );
	await change( before.sealed );
}, 60_000 );

test( 'none opens all; Remove forgets them', async () => {
	expect( await server.call( 'changeDoors', { uids: [] } ) ).toMatchObject( { error: null, result: { closed: 0 } } );
	expect( [ lineTwo(), ( await server.told() ).closedDoors ] ).toEqual( [ undefined, [] ] );
	await server.call( 'changeDoors', { uids: [ 1001 ] } );
	expect( await server.call( 'removeGateway' ) ).toMatchObject( { state: 'succeeded' } );
	expect( ( await server.told() ).closedDoors ).toEqual( [] );
}, 60_000 );

test( 'who gets the server is told that they are closed, and neither by whom nor what was refused before', async () => {
	await server.install();
	await server.call( 'changeDoors', { uids: [ 1001, 1002 ] } );
	expect( ( await server.told( customer( 8 ) ) ).closedDoors ).toMatchObject( [
		{ by: null, refused: null },
		{ by: null, refused: null },
	] );
}, 60_000 );
