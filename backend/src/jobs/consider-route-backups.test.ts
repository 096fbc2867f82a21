import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { startBackupServer, type BackupServer } from '../../test-fixtures/backup-server.ts';
import { passHours } from '../../test-fixtures/pass-hours.ts';
import { waitingOf, type Waits } from '../../test-fixtures/waiting-of-users.ts';

const [ uid, other ] = [ 1001, 1002 ];
let play: BackupServer;
let wait: Waits;
let third = '';
beforeAll( async () => {
	play = await startBackupServer();
	third = await play.save( { name: 'Third' } );
	await play.install( play.first );
	play.server.alwaysWaiting = 3;
	wait = await waitingOf( play.db, play.serverId );
	await route( uid, play.first, 'shop.test' );
	await route( other, third, 'blog.test' );
	for ( const user of [ uid, other ] ) {
		await play.call( 'chooseRouteBackup', { ...rules, uid: user, account: play.second } );
	}
	await later( 3 );
}, 120_000 );
afterAll( () => play.backend.stop() );

const rules = { automatic: true, atLimit: false, afterMinutes: 15 };
const route = ( of: number, id: string, sender: string ) =>
	play.ended( 'setRoute', { uid: of, account: { use: 'account', id }, senders: [ sender ] } );
const later = ( hours: number ) => passHours( play.backend.app, play.serverId, hours );
const looks = async ( times: number ) => {
	for ( let n = 0; n < times; n++ ) {
		await play.look();
	}
};
const why = async ( of = uid ) => ( await play.route( of ) )?.backup?.active?.why;
const provider = ( number = 1 ) => /smtp\.(\w+)\./.exec( play.server.passwords( `route-${ number }_passwd` ) )?.[ 1 ];

beforeEach( () => {
	play.server.signedIn = [];
} );
afterEach( async () => {
	play.server.refused.clear();
	await wait.nothing();
	await later( 72 );
	for ( const user of [ uid, other ] ) {
		if ( await why( user ) ) {
			await play.ended( 'switchRouteBack', { uid: user } );
		}
	}
	await play.look();
	await later( 72 );
} );

test( 'a refused login of one route: at the second look it goes over, the other route and the server stay', async () => {
	await wait.of( uid, 'wrong_credentials' );
	await play.look();
	expect( provider() ).toBe( 'first' );
	await play.look();
	expect( [ provider(), provider( 2 ), /smtp\.\w+/.exec( play.server.passwords() )?.[ 0 ] ] ).toEqual( [
		...[ 'second', 'third', 'smtp.first' ],
	] );
	expect( play.server.signedIn ).toEqual( [ 'second@second.test smtp.second.test secret of second' ] );
	expect( ( await play.route( uid ) )?.backup?.active ).toMatchObject( { why: 'login', by: '', back: 'proof' } );
	expect( await play.incidents() ).toMatchObject( [ { detail: { why: 'login', user: 'site-1001' } } ] );

	// it stays for a while, then the first is tried, and not again at the next look
	await wait.nothing();
	await looks( 2 );
	expect( play.server.signedIn ).toHaveLength( 1 );
	play.server.refused.add( 'smtp.first.test' );
	await later( 1 );
	await looks( 3 );
	expect( [ provider(), play.server.signedIn.length ] ).toEqual( [ 'second', 2 ] );

	// a mended password is another one: it is tried at once, and the route goes back to it
	play.server.refused.clear();
	await play.save( { id: play.first, name: 'First', password: { use: 'typed', value: 'mended' } } );
	await play.look();
	expect( play.server.passwords( 'route-1_passwd' ) ).toContain( 'first@first.test:mended\n' );
	expect( [ await why(), await play.incidents() ] ).toEqual( [ undefined, [] ] );
} );

test( 'mail of others says nothing of a route: not how long its provider is in trouble, nor that it is', async () => {
	await wait.of( other, 'port_closed', { minutes: 60 } );
	await wait.of( uid, 'recipient_unknown' );
	await looks( 3 );
	expect( [ await why( uid ), provider() ] ).toEqual( [ undefined, 'first' ] );
	await wait.nothing();
	await wait.of( 0, 'wrong_credentials' );
	await looks( 3 );
	expect( [ await why( uid ), await why( other ) ] ).toEqual( [ undefined, undefined ] );
} );

test( 'trouble at the provider counts after the minutes that were chosen, by what looks have seen themselves', async () => {
	// it arrived long ago, and met other things before
	await wait.of( uid, 'port_closed', { minutes: 120, triedAgo: 20 } );
	await looks( 2 );
	expect( await why() ).toBeUndefined();
	await wait.of( uid, 'port_closed', { minutes: 120, triedAgo: 1 } );
	await looks( 1 );
	expect( await why() ).toBe( 'provider' );
} );

test( 'mail that was taken meanwhile says that the account works', async () => {
	await wait.of( uid, 'wrong_credentials' );
	await wait.taken( uid, 'smtp.first.test' );
	await looks( 3 );
	expect( [ await why(), play.server.signedIn ] ).toEqual( [ undefined, [] ] );
} );

test( 'what was met with the account of before is nobody’s matter any more', async () => {
	await wait.of( uid, 'wrong_credentials', { triedAgo: 5 } );
	await route( uid, play.first, 'shop.test' );
	await looks( 3 );
	expect( await why() ).toBeUndefined();
} );

test( 'messages whose last answer was lost are counted and named, of this route alone', async () => {
	await wait.of( uid, 'lost_after_data', { id: 'LOST1' } );
	await wait.of( other, 'lost_after_data', { id: 'LOST2' } );
	await looks( 3 );
	expect( await why() ).toBeUndefined();
	await wait.of( uid, 'wrong_credentials', { id: 'DEAD1' } );
	await looks( 2 );
	expect( ( await play.route( uid ) )?.backup?.active?.twice ).toEqual( { messages: 1, queueIds: [ 'LOST1' ] } );
	expect( await play.incidents() ).toMatchObject( [ { detail: { twice: 1 } } ] );
	await wait.taken( uid, 'smtp.second.test' );
	await wait.taken( other, 'smtp.second.test' );
	expect( ( await play.route( uid ) )?.backup?.active?.messages ).toBe( 1 );
} );

test( 'a limit by the hour is throttling, also where a limit of a day was chosen', async () => {
	const says = ( limit: string ) => {
		const reason = `host smtp.first.test[203.0.113.9] said: 450 4.7.1 ${ limit } sending limit exceeded`;
		const deferrals = [ { count: 3, at: Math.floor( Date.now() / 1000 ) - 60, route: 1, reason } ];
		play.server.facts = { ...play.server.facts, deferrals };
	};
	await play.call( 'chooseRouteBackup', { ...rules, uid, account: play.second, atLimit: true } );
	await wait.of( uid, 'quota_exceeded' );
	says( 'Hourly' );
	await looks( 3 );
	expect( provider() ).toBe( 'first' );
	says( 'Daily' );
	await looks( 2 );
	expect( [ provider(), await why() ] ).toEqual( [ 'second', 'limit' ] );
	play.server.facts = { ...play.server.facts, deferrals: [] };
	await play.ended( 'switchRouteBack', { uid } );
	await play.call( 'chooseRouteBackup', { ...rules, uid, account: play.second } );
} );

test( 'a backup that lets nobody in is tried once, and again later only', async () => {
	play.server.refused.add( 'smtp.second.test' );
	await wait.of( uid, 'wrong_credentials' );
	await looks( 4 );
	expect( [ provider(), play.server.signedIn.length, await play.incidents() ] ).toEqual( [ 'first', 1, [] ] );
} );

test( 'a look from before a change of the route asks for nothing', async () => {
	await wait.of( uid, 'wrong_credentials' );
	await play.look();
	play.server.onLook = async () => {
		play.server.onLook = async () => {};
		await play.ended( 'switchRouteToBackup', { uid } );
	};
	const jobs = async () =>
		Number( ( await sql< { n: string } >`select count(*) as n from jobs`.execute( play.db ) ).rows[ 0 ]?.n );
	const before = await jobs();
	await play.look();
	expect( [ ( await jobs() ) - before, await why() ] ).toEqual( [ 1, 'by_hand' ] );
} );
