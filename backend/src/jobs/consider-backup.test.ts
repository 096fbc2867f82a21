import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { startBackupServer, type BackupServer } from '../../test-fixtures/backup-server.ts';
import { passHours } from '../../test-fixtures/pass-hours.ts';
import { claimDue } from '../db/watches.ts';
import { lookForPulse } from './pulse.ts';

let play: BackupServer;
beforeAll( async () => {
	play = await startBackupServer();
	await play.install( play.first );
	await play.call( 'chooseBackup', { account: play.second, automatic: true, atLimit: false, afterMinutes: 15 } );
}, 120_000 );
afterAll( () => play.backend.stop() );

const said = ( words: string ) => `SASL authentication failed; server smtp.first.test[203.0.113.9] said: ${ words }`;
const refused = said( '535 5.7.8 Error: authentication failed: bad credentials' );
const suspended = 'host smtp.first.test[203.0.113.9] said: 554 5.7.8 Account suspended (in reply to MAIL FROM command)';
const provider = () => /smtp\.(\w+)\./.exec( play.server.passwords() )?.[ 1 ];
const later = ( hours: number ) => passHours( play.backend.app, play.serverId, hours );
const jobs = async () =>
	Number( ( await sql< { n: string } >`select count(*) as n from jobs`.execute( play.db ) ).rows[ 0 ]?.n );
/** Mail waits, last tried a minute ago; null: none does. */
const waits = ( reason: string | null ) => {
	const at = Math.floor( Date.now() / 1000 ) - 60;
	const queue = reason === null ? 0 : 3;
	const deferrals = reason === null ? [] : [ { count: 3, at, route: 0, reason } ];
	play.server.facts = { ...play.server.facts, queue, stuck: queue, deferrals };
};
const looks = async ( times: number ) => {
	for ( let n = 0; n < times; n++ ) {
		await play.look();
	}
};

beforeEach( () => {
	play.server.signedIn = [];
} );
afterEach( async () => {
	play.server.refused.clear();
	play.server.onLook = async () => {};
	waits( null );
	await later( 72 );
	if ( ( await play.shown() )?.active ) {
		await play.ended( 'switchBack' );
	}
	await play.look();
	await later( 72 );
} );

test( 'a refused login: at the second look the server goes over, and the backend is who asked', async () => {
	waits( refused );
	await play.look();
	expect( provider() ).toBe( 'first' );
	await play.look();
	expect( [ provider(), play.server.signedIn ] ).toEqual( [
		'second',
		[ 'second@second.test smtp.second.test secret of second' ],
	] );
	expect( ( await play.shown() )?.active ).toMatchObject( { why: 'login', by: '', back: 'proof' } );
	expect( await play.incidents() ).toMatchObject( [ { trouble: 'on_backup', detail: { why: 'login' } } ] );

	// however well the first signs in, it stays for a while
	await looks( 2 );
	expect( [ provider(), play.server.signedIn.length ] ).toEqual( [ 'second', 1 ] );

	// then the first is tried, and not again at the next look
	play.server.refused.add( 'smtp.first.test' );
	await later( 1 );
	await looks( 3 );
	expect( [ provider(), play.server.signedIn.length ] ).toEqual( [ 'second', 2 ] );

	// a mended password is another one: it is tried at once, and the server goes back to it
	play.server.refused.clear();
	await play.save( { id: play.first, name: 'First', password: { use: 'typed', value: 'mended' } } );
	await play.look();
	expect( play.server.passwords() ).toBe( '[smtp.first.test]:587 first@first.test:mended\n' );
	expect( [ ( await play.shown() )?.active, await play.incidents() ] ).toEqual( [ null, [] ] );
} );

test( 'whoever is suspended still signs in: a test email or a person brings it back', async () => {
	waits( suspended );
	await looks( 2 );
	expect( ( await play.shown() )?.active ).toMatchObject( { why: 'account', back: 'test_email' } );
	waits( null );
	await later( 5 );
	await looks( 2 );
	expect( [ provider(), play.server.signedIn.length ] ).toEqual( [ 'second', 1 ] );
	await sql`update accounts set proved_at = now(), proved_by = 'test_email' where id = ${ play.first }`.execute(
		play.db
	);
	await play.look();
	expect( provider() ).toBe( 'first' );
} );

test( 'a limit by the hour is throttling, also where a limit of a day was chosen', async () => {
	const choose = ( atLimit: boolean ) =>
		play.call( 'chooseBackup', { account: play.second, automatic: true, atLimit, afterMinutes: 15 } );
	await choose( true );
	waits(
		'host smtp.first.test[203.0.113.9] said: 450 4.7.1 Hourly sending limit exceeded (in reply to MAIL FROM command)'
	);
	await looks( 3 );
	expect( provider() ).toBe( 'first' );
	waits(
		'host smtp.first.test[203.0.113.9] said: 550 5.4.5 Daily sending limit exceeded (in reply to MAIL FROM command)'
	);
	await looks( 2 );
	expect( provider() ).toBe( 'second' );
	await play.ended( 'switchBack' );
	await choose( false );
} );

test( 'a backup that lets nobody in is tried once, and again later only', async () => {
	play.server.refused.add( 'smtp.second.test' );
	waits( refused );
	await looks( 4 );
	expect( [ provider(), play.server.signedIn.length, await play.incidents() ] ).toEqual( [ 'first', 1, [] ] );
	await later( 0.3 );
	await looks( 2 );
	expect( play.server.signedIn ).toHaveLength( 2 );
} );

test.each( [
	[ 'a switch', () => play.ended( 'switchToBackup' ), 'by_hand' ],
	[ 'a reinstall that mended it', () => play.install( play.first, { note: 'mended' } ), undefined ],
] )( 'a look from before %s that comes late asks for nothing', async ( _what, change, why ) => {
	waits( refused );
	await play.look();
	play.server.onLook = async () => {
		play.server.onLook = async () => {};
		await change();
	};
	const before = await jobs();
	await play.look();
	expect( [ ( await jobs() ) - before, ( await play.shown() )?.active?.why ] ).toEqual( [ 1, why ] );
} );

test( 'two workers that look at once switch once', async () => {
	waits( refused );
	await play.look();
	const before = await jobs();
	const claims = [];
	for ( let n = 0; n < 2; n++ ) {
		await sql`update watches set due_at = now(), claimed_until = null`.execute( play.db );
		claims.push( ...( await claimDue( play.db, { free: 8, mostOfSite: 8, held: [] } ) ) );
	}
	expect( claims ).toHaveLength( 2 );
	const never = new AbortController().signal;
	await Promise.all( claims.map( ( watch ) => lookForPulse( play.backend.app, watch, never ) ) );
	expect( ( await jobs() ) - before ).toBe( 1 );
	const { job } = await play.view();
	await play.site.untilEnded( play.serverId, job?.jobId ?? '' );
} );
