import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startPulse, type Pulse } from '../../test-fixtures/pulse.ts';
import { openOfKinds } from '../db/incidents.ts';
import type { FoundOver } from '../gateway/facts.ts';

let pulse: Pulse;
beforeAll( async () => {
	pulse = await startPulse();
}, 120_000 );
afterAll( () => pulse.backend.stop() );
beforeEach( async () => {
	await pulse.reset();
	await pulse.look();
} );

const shop: FoundOver = {
	...{ uid: 1001, why: 'hour', since: 1_800_000_000, isOver: true },
	...{ hour: 200, day: 200, refused: 0, held: 3, first: '4aAaAa0Bbbz1' },
};
/** The Unix users with an open incident after a look that found these over their caps. */
const openAfter = async ( over: FoundOver[] ) => {
	pulse.server.facts = { ...pulse.server.installed, over };
	await pulse.look();
	return ( await openOfKinds( pulse.db, [ 'over_cap' ] ) ).map( ( { subject } ) => subject ).sort();
};

test( 'each user over its cap has an incident, which ends when nothing of it is held', async () => {
	expect( await openAfter( [ shop ] ) ).toEqual( [ '1001' ] );
	expect( await openAfter( [ shop, { ...shop, uid: 1002 } ] ) ).toEqual( [ '1001', '1002' ] );
	expect( await openAfter( [ { ...shop, uid: 1002 } ] ) ).toEqual( [ '1002' ] );
	expect( await openAfter( [] ) ).toEqual( [] );
} );
