import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { connectServer, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { ClaimedWatch } from '../db/watches.ts';
import { startLoop, type Loop } from './loop.ts';

let backend: TestBackend;
let loop: Loop | undefined;

beforeEach( async () => {
	backend = await startBackend();
	const site = await backend.site();
	await connectServer( site, 91 );
	// what a successful install leaves
	await sql`update servers set installed_version = 1`.execute( backend.app.db );
} );
afterEach( async () => {
	await loop?.stop();
	await backend.stop();
} );

const until = async ( holds: () => boolean ) => {
	const giveUpAt = Date.now() + 55_000;
	while ( ! holds() ) {
		if ( Date.now() > giveUpAt ) {
			throw new Error( 'it did not happen' );
		}
		await new Promise( ( done ) => setTimeout( done, 50 ) );
	}
};

describe( 'the loop', () => {
	test( 'looks at a server that has a gateway, once while the look lasts, and lets go when it is stopped', async () => {
		const looks: ClaimedWatch[] = [];
		let isLetGo = false;
		loop = startLoop( backend.app, ( watch, signal ) => {
			looks.push( watch );
			return new Promise( ( done ) =>
				signal.addEventListener( 'abort', () => {
					isLetGo = true;
					done();
				} )
			);
		} );
		await until( () => looks.length > 0 );
		await new Promise( ( done ) => setTimeout( done, 2500 ) );
		expect( [ looks.length, isLetGo ] ).toEqual( [ 1, false ] );

		await loop.stop();
		expect( isLetGo ).toBe( true );
	} );

	test( 'looks at more servers than it has places for, each of them once', async () => {
		const { db } = backend.app;
		await sql`
			insert into servers select (jsonb_populate_record(s, jsonb_build_object(
				'id', gen_random_uuid(), 'server_id', 100 + n
			))).* from servers s, generate_series(1, 30) n
		`.execute( db );
		const looks: string[] = [];
		loop = startLoop( backend.app, async ( { server } ) => {
			looks.push( server );
			await sql`update watches set due_at = now() + interval '1 day' where server = ${ server }`.execute( db );
		} );
		await until( () => looks.length >= 31 );
		expect( new Set( looks ).size ).toBe( looks.length );
	} );

	test( 'goes on after a look that failed', async () => {
		let looks = 0;
		loop = startLoop( backend.app, async () => {
			looks++;
			await sql`update watches set claimed_until = null`.execute( backend.app.db );
			throw new Error( 'a fault of ours' );
		} );
		await until( () => looks > 1 );
		expect( backend.logged() ).toContain( 'a look failed' );
	} );
} );
