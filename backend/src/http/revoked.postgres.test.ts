import { expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { webhookTo } from '../../test-fixtures/alert-channel.ts';
import { startBackend } from '../../test-fixtures/test-backend.ts';
import { makeTestDatabase } from '../../test-fixtures/test-database.ts';
import { endSite } from '../operator-sites.ts';

jest.setTimeout( 240_000 );

test( 'a secret that is being saved while a pairing ends is deleted with all others', async () => {
	const database = await makeTestDatabase();
	const backend = await startBackend( { env: { DATABASE_URL: database.url }, withWorker: false } );
	const [ other, watching ] = [ 1, 2 ].map( () => new pg.Client( { connectionString: database.url } ) ) as [
		pg.Client,
		pg.Client,
	];
	await Promise.all( [ other.connect(), watching.connect() ] );
	// in a transaction it would be told the same again and again
	const waiting = async ( count: number ) => {
		for (;;) {
			const { rows } = await watching.query(
				`select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
			);
			if ( rows.length >= count ) {
				return;
			}
			await new Promise( ( resolve ) => setTimeout( resolve, 20 ) );
		}
	};
	try {
		const site = await backend.site();
		const { rows } = await other.query( 'select id from sites' );
		await other.query( 'begin' );
		// what is noted last waits for this one: until then its secret is saved, and nobody else sees it
		await other.query( 'select 1 from audit_heads for update' );
		const saved = site.call( 'saveChannel', { body: webhookTo( 'https://hooks.example.com/alerts' ) } );
		await waiting( 1 );
		const ended = endSite( backend.app, new URLSearchParams( { id: rows[ 0 ].id } ) );
		await waiting( 2 );
		await other.query( 'commit' );
		await ended;
		expect( ( await saved ).status ).toBe( 200 );
		expect( ( await other.query( 'select table_name, field from secrets' ) ).rows ).toEqual( [] );
	} finally {
		await Promise.all( [ other.end(), watching.end() ] );
		await backend.stop();
		await database.drop();
	}
} );
