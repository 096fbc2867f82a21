import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { startPulse, type Pulse } from '../../test-fixtures/pulse.ts';
import { GatewayError } from '../errors.ts';
import type { Facts } from '../gateway/facts.ts';

let pulse: Pulse;
beforeAll( async () => {
	pulse = await startPulse();
}, 120_000 );
afterAll( () => pulse.backend.stop() );
beforeEach( () => pulse.reset() );

const stopped = () => ( {
	...pulse.server.installed,
	postfix: { ...pulse.server.installed.postfix, running: false },
	listens: [],
} );

describe( 'the pulse', () => {
	test( 'sees a stopped Postfix, tells it at the second look, and its end once', async () => {
		await pulse.look();
		expect( [ ( await pulse.view() ).gateway.state, pulse.nextS() ] ).toEqual( [ 'installed', 270 ] );

		pulse.server.facts = stopped();
		await pulse.look();
		expect( [ ( await pulse.view() ).gateway.state, await pulse.told(), pulse.nextS() ] ).toEqual( [
			'stopped',
			[],
			15,
		] );
		await pulse.look();
		await pulse.look();
		expect( [ await pulse.told(), pulse.nextS() ] ).toEqual( [ [ 'opened stopped' ], 60 ] );

		pulse.server.facts = pulse.server.installed;
		await pulse.look();
		await pulse.look();
		expect( [ ( await pulse.view() ).gateway.state, await pulse.told() ] ).toEqual( [
			'installed',
			[ 'opened stopped', 'over null' ],
		] );
	} );

	test.each( [
		[
			'another mail system over it',
			() => ( { ...pulse.server.installed, sendmail: 'ssmtp' } ),
			'replaced',
			'replaced',
		],
		[
			'a key changed by hand',
			() => ( {
				...pulse.server.installed,
				files: pulse.server.installed.files.filter( ( { path } ) => path !== '/etc/postfix/main.cf' ),
				postfix: {
					...pulse.server.installed.postfix,
					parameters: [ ...pulse.server.installed.postfix.parameters, 'relayhost = other' ],
				},
			} ),
			'differs',
			'changed',
		],
	] )( 'sees %s', async ( _what, change, state, trouble ) => {
		pulse.server.facts = change() as Facts;
		await pulse.look();
		await pulse.look();
		expect( [ ( await pulse.view() ).gateway.state, await pulse.told() ] ).toEqual( [
			state,
			[ `opened ${ trouble }` ],
		] );
	} );

	test( 'calls a server unreachable, and says which; it keeps what was last seen', async () => {
		await pulse.look();
		pulse.server.unreachable = new GatewayError( 'server_unreachable', { host: '203.0.113.7' } );
		await pulse.look();
		await pulse.look();
		const { gateway, connection } = await pulse.view();
		expect( [ gateway.state, connection?.lastLook?.mail?.running ] ).toEqual( [ 'unreachable', true ] );
		expect( await pulse.told() ).toEqual( [ 'opened unreachable' ] );
	} );

	test( 'shows mail that waits at once, and tells of it after a quarter of an hour', async () => {
		pulse.server.facts = { ...pulse.server.installed, queue: 7, stuck: 7 };
		await pulse.look();
		await pulse.look();
		expect( [ ( await pulse.view() ).gateway.state, await pulse.told(), pulse.nextS() ] ).toEqual( [
			'waiting',
			[],
			60,
		] );

		await sql`update watches set since = now() - interval '14 minutes 40 seconds'`.execute( pulse.db );
		await pulse.look();
		expect( [ await pulse.told(), ( pulse.nextS() ?? 60 ) <= 20 ] ).toEqual( [ [], true ] );
		await sql`update watches set since = now() - interval '15 minutes'`.execute( pulse.db );
		await pulse.look();
		expect( await pulse.told() ).toEqual( [ 'opened waiting' ] );
		await pulse.look();
		pulse.server.facts = pulse.server.installed;
		await pulse.look();
		expect( [ ( await pulse.view() ).gateway.state, await pulse.told() ] ).toEqual( [
			'installed',
			[ 'opened waiting', 'over null' ],
		] );
	} );

	test( 'tells at the second look what no waiting ends: an account that is refused', async () => {
		const reason =
			'host smtp.example.com[203.0.113.9] said: 554 5.7.8 Account suspended (in reply to MAIL FROM command)';
		pulse.server.facts = {
			...pulse.server.installed,
			queue: 3,
			stuck: 3,
			deferrals: [ { count: 3, at: 1_000_000, route: 0, reason } ],
		};
		await pulse.look();
		expect( await pulse.told() ).toEqual( [] );
		await pulse.look();
		await pulse.look();
		expect( await pulse.told() ).toEqual( [ 'opened refused' ] );
	} );

	test( 'an alert of it says whose turn it is and what to do, and names nothing that is not shown to all', async () => {
		const reason =
			'SASL authentication failed; server smtp.secret.example[203.0.113.9] said: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.';
		pulse.server.facts = {
			...pulse.server.installed,
			queue: 7,
			stuck: 7,
			deferrals: [ { count: 7, at: 1_000_000, route: 0, reason } ],
		};
		const opened = async () => {
			for ( const table of [ 'alertDeliveries', 'incidents', 'alertThreads' ] as const ) {
				await pulse.db.deleteFrom( table ).execute();
			}
			await sql`update watches set incident = null, since = now() - interval '16 minutes'`.execute( pulse.db );
			await pulse.look();
			await pulse.look();
			return ( await pulse.db.selectFrom( 'alertDeliveries' ).select( 'message' ).executeTakeFirstOrThrow() )
				.message;
		};
		await pulse.look();
		const message = await opened();
		const account = { whose: 'account', passes: false, count: 7, route: null };
		expect( message.reasons ).toEqual( [ { ...account, cause: 'smtp_auth_disabled' } ] );
		expect( message.text ).toMatch(
			/^7 messages wait on .* The owner of the provider account can fix this\. .* Then press Deliver Waiting Mail\.$/
		);
		await sql`update settings set account = site_id, account_version = 1`.execute( pulse.db );
		const unshown = await opened();
		await sql`update settings set account = null, account_version = null`.execute( pulse.db );
		expect( unshown.reasons ).toEqual( [ { ...account, cause: 'wrong_credentials' } ] );
		expect( JSON.stringify( [ message, unshown ] ) ).not.toMatch( /secret|5\.7\.139|Tenant/ );
	} );

	test( 'tells why mail waits, and goes on from what the look before has kept', async () => {
		const reason =
			'host smtp.example.com[203.0.113.9] said: 451 4.3.0 Temporary server error (in reply to end of DATA command)';
		const reasons = async ( at: number ) => {
			pulse.server.facts = {
				...pulse.server.installed,
				queue: 7,
				stuck: 7,
				deferrals: [ { count: 7, at, route: 0, reason } ],
			};
			await pulse.look();
			return ( await pulse.view() ).connection?.lastLook?.mail?.reasons;
		};
		const told = { cause: 'provider_in_trouble', whose: 'provider', count: 7 };
		expect( await reasons( 1_000_000 ) ).toMatchObject( [ { ...told, passes: true, looks: 1 } ] );
		for ( let hour = 1; hour < 6; hour++ ) {
			await reasons( 1_000_000 + hour * 3600 );
		}
		expect( await reasons( 1_000_000 + 6 * 3600 ) ).toMatchObject( [
			{ ...told, passes: false, stands: true, looks: 7, since: 1_000_000 },
		] );
		pulse.server.facts = pulse.server.installed;
		await pulse.look();
		expect( ( await pulse.view() ).connection?.lastLook?.mail?.reasons ).toEqual( [] );
	} );
} );
