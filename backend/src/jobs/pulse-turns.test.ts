import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { places, startPulse, type Pulse } from '../../test-fixtures/pulse.ts';
import { claimDue, endLook, watchInstalled } from '../db/watches.ts';
import { GatewayError } from '../errors.ts';

let pulse: Pulse;
beforeAll( async () => {
	pulse = await startPulse();
}, 120_000 );
afterAll( () => pulse.backend.stop() );
beforeEach( () => pulse.reset() );

describe( 'the pulse', () => {
	test( 'looks at a server once, however many workers ask; a worker that died is replaced, and writes no more', async () => {
		const { db } = pulse;
		const [ first, second ] = await Promise.all( [ claimDue( db, places ), claimDue( db, places ) ] );
		const [ held ] = [ ...first, ...second ];
		expect( first.length + second.length ).toBe( 1 );

		await sql`update watches set claimed_until = now() - interval '1 second'`.execute( db );
		const [ again ] = await claimDue( db, places );
		expect( again?.server ).toBe( held?.server );
		const found = {
			state: 'right',
			reason: null,
			since: new Date(),
			lookedAt: null,
			incident: null,
			nextLookMs: 1,
		};
		expect( held && ( await endLook( db, held, found ) ) ).toBe( false );
		expect( again && ( await endLook( db, again, found ) ) ).toBe( true );
	} );

	test( 'reads what is new in the mail log with the same look, to its end, and follows mail that flows', async () => {
		const arrived = ( id: string ) =>
			`Nov 30 17:18:43 web1 postfix/pickup[7]: ${ id }: uid=33 from=<site@example.com>`;
		pulse.server.pieces = [ [ arrived( 'ABCDEF01' ) ], [ arrived( 'ABCDEF02' ) ], [ arrived( 'ABCDEF03' ) ] ];
		await pulse.look();
		const rows = await pulse.db.selectFrom( 'mails' ).select( 'queueId' ).orderBy( 'queueId' ).execute();
		expect( rows.map( ( { queueId } ) => queueId ) ).toEqual( [ 'ABCDEF01', 'ABCDEF02', 'ABCDEF03' ] );
		expect( pulse.nextS() ).toBe( 60 );
		await pulse.look();
		expect( pulse.nextS() ).toBe( 270 );
	} );

	test( 'follows mail of each minute although a look falls between two of them', async () => {
		const [ , day, month, , time ] = new Date( Date.now() - 70_000 ).toUTCString().split( ' ' );
		const at = `${ month } ${ day } ${ time }`;
		pulse.server.pieces = [ [ `${ at } web1 postfix/pickup[7]: ABCDEF04: uid=33 from=<site@example.com>` ] ];
		await pulse.look();
		await pulse.look();
		expect( pulse.nextS() ).toBe( 60 );
	} );

	test( 'leaves a server alone while a job of a person waits or runs there', async () => {
		const { db } = pulse;
		await sql`update jobs set state = 'running' where verb = 'install_gateway'`.execute( db );
		expect( await claimDue( db, places ) ).toEqual( [] );
		await sql`update jobs set state = 'succeeded' where verb = 'install_gateway'`.execute( db );
		expect( await claimDue( db, places ) ).toHaveLength( 1 );
	} );

	test( 'gives a server that refuses to sign us in time, so that it does not ban the backend', async () => {
		pulse.server.unreachable = new GatewayError( 'sign_in_refused', {} );
		await pulse.look();
		await pulse.look();
		expect( [ await pulse.told(), pulse.nextS() ] ).toEqual( [ [ 'opened unreachable' ], 300 ] );
		await sql`update watches set since = now() - interval '20 minutes'`.execute( pulse.db );
		await pulse.look();
		expect( pulse.nextS() ).toBe( 1200 );
	} );

	test.each( [ 'revokedAt', 'keyExpiresAt' ] )(
		'ends where the site was revoked or its key expired: %s',
		async ( column ) => {
			const { db } = pulse;
			await sql`update sites set ${ sql.ref( column ) } = now()`.execute( db );
			expect( await claimDue( db, places ) ).toEqual( [] );
			await watchInstalled( db );
			expect( await db.selectFrom( 'watches' ).selectAll().execute() ).toEqual( [] );
			await sql`update sites set ${ sql.ref( column ) } = null`.execute( db );
		}
	);

	test( 'ends where the gateway was removed', async () => {
		const { db } = pulse;
		await sql`update servers set installed_version = null`.execute( db );
		await watchInstalled( db );
		expect( await db.selectFrom( 'watches' ).selectAll().execute() ).toEqual( [] );
		await sql`update servers set installed_version = 1`.execute( db );
	} );
} );
