import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { endpoints, type EndpointName } from '@email-gateway/shared';
import { sql } from 'kysely';
import { changing, everything, prepareEveryChange } from '../../test-fixtures/every-change.ts';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { siteMac } from '../db/genuine.ts';

jest.setTimeout( 480_000 );

// What holds for each endpoint that changes something, also for one that is yet to come.

let backend: TestBackend;
let site: SiteClient;
let ask: Awaited< ReturnType< typeof prepareEveryChange > >;
/** Until it is fulfilled no server is reached. */
let reachable: Promise< void > = Promise.resolve();
const gate = Promise.withResolvers< void >();
/** What happens between the look at the site of a request and the request itself. */
let meanwhile: ( () => unknown ) | null = null;
let looks = 0;
/** The door asks for the time once for the signature, and once for the site that it has just read. */
function now(): number {
	if ( meanwhile && ++looks === 2 ) {
		meanwhile();
		meanwhile = null;
	}
	return Date.now();
}
beforeAll( async () => {
	const { tools } = makeFakeTools();
	const connect: typeof tools.connect = async ( ...target ) => {
		await reachable;
		return tools.connect( ...target );
	};
	backend = await startBackend( { tools: { ...tools, connect }, now } );
	site = await backend.site();
	ask = await prepareEveryChange( backend, site, () => ( reachable = gate.promise ) );
} );
afterAll( () => {
	gate.resolve();
	return backend.stop();
} );

const write = ( statement: string ) => sql.raw( statement ).execute( backend.app.db );
const askAs = ( owner: number, name: EndpointName ) =>
	site.call( name, { serverId: 2, jobId: '00000000-0000-4000-8000-000000000000', actor: { owner } } );
/** Any of them may be the one that tells of a new owner. */
const readingOfServer = ( Object.keys( endpoints ) as EndpointName[] ).filter(
	( name ) => endpoints[ name ].method === 'GET' && endpoints[ name ].path.includes( ':serverId' )
);

describe( 'nothing is done for a site whose pairing ended after its request was recognised', () => {
	const revoked = { status: 401, body: { code: 'site_revoked' } };
	/** The answer of one request, after which the site is paired as it was. */
	async function whileItEnds< Answer >( asked: () => Promise< Answer > ): Promise< Answer > {
		const { db, vault } = backend.app;
		const row = await db
			.selectFrom( 'sites' )
			.selectAll()
			.where( 'keyId', '=', site.keyId() )
			.executeTakeFirstOrThrow();
		const set = ( change: { revokedAt: Date | null; mac: string | null } ) =>
			db.updateTable( 'sites' ).set( change ).where( 'id', '=', row.id ).execute();
		const ended = { ...row, revokedAt: new Date() };
		let isEnded: Promise< unknown > | null = null;
		looks = 0;
		meanwhile = () => ( isEnded = set( { revokedAt: ended.revokedAt, mac: siteMac( vault, ended ) } ) );
		const answer = await asked();
		await isEnded;
		expect( isEnded ).not.toBeNull();
		await set( row );
		return answer;
	}

	test.each( changing.filter( ( name ) => name !== 'pairSite' ) )( '%s', async ( name ) => {
		const before = await everything( backend.app.db );
		expect( await whileItEnds( () => ask( name ) ) ).toMatchObject( revoked );
		expect( await everything( backend.app.db ) ).toEqual( before );
	} );

	test.each( readingOfServer )( '%s, where it tells of a new owner', async ( name ) => {
		await write( 'update servers set owner = 11 where server_id = 2' );
		const before = await everything( backend.app.db );
		expect( await whileItEnds( () => askAs( 12, name ) ) ).toMatchObject( revoked );
		expect( await everything( backend.app.db ) ).toEqual( before );
	} );
} );

describe( 'what is only read writes nothing', () => {
	const reading = ( Object.keys( endpoints ) as EndpointName[] ).filter(
		( name ) => endpoints[ name ].method === 'GET'
	);
	const ids = '2,99';
	test.each( reading )( '%s, of a server that is known and of one that is not', async ( name ) => {
		const isOfServer = endpoints[ name ].path.includes( ':serverId' );
		const { query } = Object.hasOwn( endpoints[ name ].request.shape, 'ids' )
			? { query: `?ids=${ ids }` }
			: { query: '' };
		for ( const serverId of isOfServer ? [ 2, 99 ] : [ 0 ] ) {
			const before = await everything( backend.app.db );
			await site.call( name, { serverId, jobId: '00000000-0000-4000-8000-000000000000', query } );
			expect( await everything( backend.app.db ) ).toEqual( before );
		}
	} );
} );

describe( 'nothing is done that cannot be noted', () => {
	const notWritten = { status: 503, body: { code: 'audit_not_written' } };
	beforeAll( async () => {
		await write(
			`create function full_disk() returns trigger language plpgsql as $$ begin raise exception 'no space left'; end $$`
		);
		await write( 'create trigger full_disk before insert on audit for each row execute function full_disk()' );
	} );
	afterAll( () => write( 'drop trigger full_disk on audit' ) );

	test.each( changing )( '%s', async ( name ) => {
		const before = await everything( backend.app.db );
		expect( await ask( name ) ).toMatchObject( notWritten );
		expect( await everything( backend.app.db ) ).toEqual( before );
	} );

	test.each( readingOfServer )( '%s, where it tells of a new owner', async ( name ) => {
		await write( 'update servers set owner = 11 where server_id = 2' );
		const before = await everything( backend.app.db );
		expect( await askAs( 12, name ) ).toMatchObject( notWritten );
		expect( await everything( backend.app.db ) ).toEqual( before );
	} );
} );

test( 'all of it is done and noted otherwise', async () => {
	const noted = async () => Number( ( await sql`select id from audit`.execute( backend.app.db ) ).rows.length );
	// no other site must be paired as its address, a job must be there to be cancelled, what is lent to lead to the server, no job to need what is deleted or to be first, the server to
	// be asked, the defaults to be used, the site to be answered
	const first = [
		'confirmMove',
		'cancelJob',
		'lendConnection',
		'deleteCredentials',
		'switchToBackup',
		'switchBack',
	].concat( [ 'switchRouteToBackup', 'switchRouteBack' ] );
	const last = [ 'deleteChannel', 'deleteOwnChannel', 'offerIncludedGateway', 'forgetServer', 'endPairing' ];
	const others = changing.filter( ( name ) => ! [ ...first, ...last, 'rotateKey' ].includes( name ) );
	for ( const name of [ ...first, ...others, ...last ] as EndpointName[] ) {
		const before = await noted();
		const answer = await ask( name );
		expect( [ name, answer.status < 300 ? '' : answer.body ] ).toEqual( [ name, '' ] );
		expect( [ name, ( await noted() ) > before ] ).toEqual( [ name, true ] );
		// no server is reached, and only so many jobs may wait for one; the preview is there to be cancelled
		await write(
			`update jobs set state = 'cancelled' where state = 'queued' or (state = 'running' and verb <> 'preview_changes')`
		);
	}
} );
