import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { connectServer, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { claimDue, watchInstalled } from './watches.ts';

let backend: TestBackend;
beforeAll( async () => {
	backend = await startBackend();
	await connectServer( await backend.site(), 1 );
	// one owner has twenty servers, whose looks have been due for longest, another one has two
	await sql`
		insert into servers select (jsonb_populate_record(s, jsonb_build_object(
			'id', gen_random_uuid(), 'server_id', 100 + n, 'owner', case when n <= 20 then 7 else 8 end
		))).* from servers s, generate_series(1, 22) n
	`.execute( backend.app.db );
	await sql`update servers set installed_version = 1 where server_id > 100`.execute( backend.app.db );
	await watchInstalled( backend.app.db );
	await sql`
		update watches set due_at = now() - interval '1 hour' from servers where id = server and owner = 7
	`.execute( backend.app.db );
}, 120_000 );
afterAll( () => backend.stop() );

const claimedOf = async ( places: Parameters< typeof claimDue >[ 1 ] ) => {
	const servers = ( await claimDue( backend.app.db, places ) ).map( ( { server } ) => server );
	const rows = await backend.app.db.selectFrom( 'servers' ).select( 'owner' ).where( 'id', 'in', servers ).execute();
	return { servers, owners: rows.map( ( { owner } ) => owner ).sort() };
};

test( 'the owners of a site have their turn whoever has more, and no site holds every place', async () => {
	const first = await claimedOf( { free: 8, mostOfSite: 3, held: [] } );
	expect( first.owners ).toEqual( [ 7, 7, 8 ] );
	// what is held counts
	expect( await claimDue( backend.app.db, { free: 5, mostOfSite: 3, held: first.servers } ) ).toEqual( [] );
	const next = await claimedOf( { free: 5, mostOfSite: 5, held: first.servers } );
	expect( next.owners ).toEqual( [ 7, 8 ] );
	expect( first.servers ).not.toEqual( expect.arrayContaining( next.servers ) );
	// where nobody else's are due, one owner has all places
	const last = await claimedOf( { free: 8, mostOfSite: 8, held: [] } );
	expect( last.owners ).toEqual( Array( 8 ).fill( 7 ) );
} );
