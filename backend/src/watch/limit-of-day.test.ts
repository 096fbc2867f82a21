import { expect, test } from '@jest/globals';
import { diagnose } from '../gateway/diagnosis.ts';
import { isOfDay } from './limit-of-day.ts';

const read = ( reply: string ) => {
	const reason = `host smtp.x.test[192.0.2.1] said: ${ reply }`;
	const { cause } = diagnose( { status: 'deferred', dsn: null, relay: null, reason, service: 'smtp' }, [] );
	return { cause, reply };
};

test.each( [
	[ '550 5.4.5 Daily user sending limit exceeded', true ],
	[ '454 Throttling failure: Daily message quota exceeded.', true ],
	[ '451 Authentication failed: Maximum credits exceeded', true ],
	[ '550 5.7.1 You have sent too many messages today, limit of 500 per day reached', true ],
	[ '552 5.2.2 Sending quota exceeded', true ],
	[ '450 4.7.1 Hourly sending limit exceeded, try again later', false ],
	[ '450 4.7.1 Too many messages from this account, try again later', false ],
	[ '550 Domain example.com has exceeded the max emails per hour (200/200 (100%)) allowed.', false ],
	[ '421 Too many messages sent in the last minute', false ],
] )( 'a limit of a day? %s', ( reply, expected ) => {
	expect( read( reply ).cause ).toBe( 'quota_exceeded' );
	expect( isOfDay( read( reply ) ) ).toBe( expected );
} );
