import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startPulse, type Pulse } from '../../test-fixtures/pulse.ts';
import { keepAddressesAs } from '../ledger/address-form.ts';

let pulse: Pulse;
beforeAll( async () => {
	pulse = await startPulse();
	await pulse.reset();
	const reason =
		'host mx.example.com[203.0.113.9] said: 450 4.2.1 <someone@example.org>: mailbox busy (in reply to RCPT TO command)';
	pulse.server.facts = {
		...pulse.server.installed,
		queue: 1,
		stuck: 1,
		deferrals: [ { count: 1, at: 1_000_000, route: 0, reason } ],
	};
}, 120_000 );
afterAll( () => pulse.backend.stop() );

const kept = async () =>
	JSON.stringify(
		( await pulse.db.selectFrom( 'servers' ).select( 'lastLook' ).executeTakeFirstOrThrow() ).lastLook
	);

test( 'the words of a provider are kept with the last look as the site keeps addresses', async () => {
	const { siteId } = await pulse.db.selectFrom( 'servers' ).select( 'siteId' ).executeTakeFirstOrThrow();
	await pulse.look();
	expect( await kept() ).toContain( '<someone@example.org>' );

	// also where the server can no longer be reached
	await keepAddressesAs( pulse.db, siteId, 'domains' );
	expect( await kept() ).toContain( '<…@example.org>' );

	await keepAddressesAs( pulse.db, siteId, 'hashed' );
	await pulse.look();
	expect( await kept() ).toContain( '450 4.2.1 <…@…>: mailbox busy' );
} );
