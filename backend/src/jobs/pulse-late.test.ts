import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { fakeFingerprint } from '../../test-fixtures/fake-tools.ts';
import { startPulse, type Pulse } from '../../test-fixtures/pulse.ts';
import { GatewayError } from '../errors.ts';

let pulse: Pulse;
beforeAll( async () => {
	pulse = await startPulse();
}, 120_000 );
afterAll( () => pulse.backend.stop() );
beforeEach( async () => {
	await pulse.reset();
	await pulse.look();
} );

const timesOut = () => {
	throw new GatewayError( 'server_timed_out' );
};
const seen = async () => [ ( await pulse.view() ).gateway.state, await pulse.told(), pulse.nextS() ];

describe( 'a look that does not end in time', () => {
	test( 'does not call a server unreachable that has let us in, before it is slow for two minutes', async () => {
		pulse.server.beforeAnswer = timesOut;
		await pulse.look();
		await pulse.look();
		await pulse.look();
		expect( await seen() ).toEqual( [ 'installed', [], 15 ] );

		await sql`update watches set incident = jsonb_set(incident, '{seenAt}', '"2026-01-01T00:00:00.000Z"')`.execute(
			pulse.db
		);
		await pulse.look();
		expect( await seen() ).toEqual( [ 'unreachable', [ 'opened unreachable' ], 60 ] );
	} );

	test( 'says nothing about a server where this process was late itself', async () => {
		const lookForMs = 1000;
		pulse.server.beforeAnswer = () => {
			for ( const until = performance.now() + 700; performance.now() < until;  ) {
				// stopped, without a processor, or computing
			}
			timesOut();
		};
		await pulse.look( lookForMs );
		expect( await seen() ).toEqual( [ 'installed', [], 15 ] );
		const { incident } = await pulse.db.selectFrom( 'watches' ).select( 'incident' ).executeTakeFirstOrThrow();
		expect( incident ).toBeNull();
	} );

	test( 'has seen what it saw: where only the log takes too long, the next look goes on with it', async () => {
		const arrived = ( id: string ) =>
			`Nov 30 17:18:43 web1 postfix/pickup[7]: ${ id }: uid=33 from=<site@example.com>`;
		pulse.server.pieces = [ [ arrived( 'ABCDEF11' ) ], [ arrived( 'ABCDEF12' ) ] ];
		let calls = 0;
		pulse.server.beforeAnswer = () => ( ++calls > 1 ? timesOut() : undefined );
		await pulse.look();
		expect( ( await seen() ).slice( 0, 2 ) ).toEqual( [ 'installed', [] ] );
		expect( pulse.nextS() ).toBeLessThan( 15 );
		pulse.server.beforeAnswer = () => {};
		await pulse.look();
		const rows = await pulse.db.selectFrom( 'mails' ).select( 'queueId' ).orderBy( 'queueId' ).execute();
		expect( rows.map( ( { queueId } ) => queueId ) ).toEqual( [ 'ABCDEF11', 'ABCDEF12' ] );
	} );
} );

test( 'a trusted host key that answers again is trusted again, as Check Connection does it', async () => {
	const { db, server } = pulse;
	const seen = { fingerprint: fakeFingerprint, seenFingerprint: `SHA256:${ 'B'.repeat( 43 ) }` };
	server.unreachable = new GatewayError( 'host_key_changed', { ...seen, algorithm: 'ssh-ed25519' } );
	await pulse.look();
	await pulse.look();
	const state = async () =>
		( await db.selectFrom( 'servers' ).select( 'hostKey' ).executeTakeFirstOrThrow() ).hostKey?.state;
	expect( await state() ).toBe( 'changed' );
	server.unreachable = null;
	await pulse.look();
	expect( [ await state(), ( await pulse.view() ).gateway.state ] ).toEqual( [ 'trusted', 'installed' ] );
} );

test( 'mail that waits does so while it is tried again, which may take as long as a look', async () => {
	const { installed } = pulse.server;
	const [ , day, month, , time ] = new Date().toUTCString().split( ' ' );
	const line = ( text: string ) => `${ month } ${ day } ${ time } web1 postfix/${ text }`;
	const why = 'connect to p.example[192.0.2.1]:587: Connection timed out';
	pulse.server.pieces = [
		[
			line( 'pickup[7]: ABCDEF21: uid=33 from=<site@example.com>' ),
			line(
				`smtp[7]: ABCDEF21: to=<a@b.test>, relay=none, delay=30, delays=0/0/30/0, dsn=4.4.1, status=deferred (${ why })`
			),
		],
	];
	const state = async ( queue: number, stuck: number ) => {
		pulse.server.facts = { ...installed, queue, stuck };
		await pulse.look();
		return ( await pulse.db.selectFrom( 'watches' ).select( 'state' ).executeTakeFirstOrThrow() ).state;
	};
	expect( [ await state( 1, 1 ), await state( 1, 0 ), await state( 0, 0 ) ] ).toEqual( [
		'waiting',
		'waiting',
		'right',
	] );
} );

test( 'counts a quarter of an hour from when the oldest message arrived, not from when a look came', async () => {
	const waitsFor = ( oldestS: number ) => {
		pulse.server.facts = { ...pulse.server.installed, queue: 7, stuck: 7, oldestS };
		return pulse.look();
	};
	await pulse.look();
	// looks came late: the first that sees it sees it old, and one look alone tells nothing
	await waitsFor( 1100 );
	expect( [ await pulse.told(), pulse.nextS() ] ).toEqual( [ [], 15 ] );
	await waitsFor( 1115 );
	expect( await pulse.told() ).toEqual( [ 'opened waiting' ] );
	const { message } = await pulse.db.selectFrom( 'alertDeliveries' ).select( 'message' ).executeTakeFirstOrThrow();
	expect( message.text ).toContain( 'The oldest has waited for 19 minutes.' );

	// messages that come and go, none for long
	await pulse.reset();
	await waitsFor( 60 );
	await sql`update watches set since = now() - interval '2 hours'`.execute( pulse.db );
	await waitsFor( 880 );
	expect( [ await pulse.told(), pulse.nextS() ] ).toEqual( [ [], 20 ] );
} );

test( 'a server that answers garbage for a day is told once as that, and nothing is lost', async () => {
	const { db, server } = pulse;
	const arrived = ( id: string ) => `Nov 30 17:18:43 web1 postfix/pickup[7]: ${ id }: uid=33 from=<site@example.com>`;
	server.pieces = [ [ arrived( 'ABCDEF31' ) ] ];
	await pulse.look();
	server.beforeAnswer = () => {
		throw new GatewayError( 'server_answer_not_understood', { fact: 'log' } );
	};
	for ( let look = 0; look < 20; look++ ) {
		await pulse.look();
	}
	expect( [ await pulse.told(), ( await pulse.view() ).gateway.state, pulse.nextS() ] ).toEqual( [
		...[ [ 'opened unreachable' ], 'unreachable', 60 ],
	] );
	const { message } = await db.selectFrom( 'alertDeliveries' ).select( 'message' ).executeTakeFirstOrThrow();
	expect( message.text ).toContain( 'sends unexpected answers' );
	server.beforeAnswer = () => {};
	server.pieces = [ [ arrived( 'ABCDEF32' ) ] ];
	await pulse.look();
	const rows = await db.selectFrom( 'mails' ).select( 'queueId' ).orderBy( 'queueId' ).execute();
	expect( rows.map( ( { queueId } ) => queueId ).filter( ( id ) => id.startsWith( 'ABCDEF3' ) ) ).toEqual( [
		...[ 'ABCDEF31', 'ABCDEF32' ],
	] );
	expect( await pulse.told() ).toEqual( [ 'opened unreachable', 'over null' ] );
} );
