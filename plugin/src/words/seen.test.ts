import { describe, expect, test } from '@jest/globals';
import type { Observation } from '@email-gateway/shared';
import { seenWords } from './seen.ts';

const right: Observation = {
	...{ running: true, enabled: true, waiting: 0, stuck: 0, reasons: [], oldWaiting: 0 },
	...{ open: [], differs: [], others: [], phpAround: [] },
};

describe( 'what was seen of a gateway', () => {
	test( 'is good where nothing is wrong', () => {
		expect( seenWords( right ) ).toEqual( [
			{ tone: 'good', sentence: 'Postfix is running, and the server is as it was installed.' },
		] );
	} );

	test.each( [
		[ { running: false, enabled: false }, /is not running.*Press Reinstall Email Gateway to start it/ ],
		[ { enabled: false }, /does not start with the server/ ],
		[ { open: [ '0.0.0.0:25' ] }, /listens on 0\.0\.0\.0:25/ ],
		[ { differs: [ 'relayhost', 'master.cf smtp/unix' ] }, /: relayhost, master\.cf smtp\/unix\./ ],
		[
			{ phpAround: [ { program: '/usr/bin/msmtp', file: '/etc/php/8.2/fpm/php.ini' } ] },
			/with \/usr\/bin\/msmtp.*Delete the line sendmail_path in \/etc\/php\/8\.2\/fpm\/php\.ini/,
		],
		[
			{ phpAround: [ { program: null, file: '/etc/php/8.2/fpm/pool.d/www.conf' } ] },
			/may not send mail: disable_functions in \/etc\/php\/8\.2\/fpm\/pool\.d\/www\.conf/,
		],
	] )( 'is bad, with what to do, for %j', ( change, sentence ) => {
		expect( seenWords( { ...right, ...change } ) ).toEqual( [
			{ tone: 'bad', sentence: expect.stringMatching( sentence ) },
		] );
	} );

	test( 'tells what waits, and what others keep there, whatever else is', () => {
		const sentences = seenWords( {
			...right,
			differs: null,
			waiting: 2,
			oldWaiting: 1,
			others: [ '/etc/postfix/mine' ],
		} );

		expect( sentences.map( ( { tone } ) => tone ) ).toEqual( [ 'quiet', 'quiet', 'quiet' ] );
		expect( sentences.map( ( { sentence } ) => sentence ).join( ' ' ) ).toMatch(
			/^2 messages wait.*1 message is kept.*Remove Email Gateway.*through the gateway.*\/etc\/postfix\/mine\.$/
		);
	} );

	test( 'shows no endless list', () => {
		const [ seen ] = seenWords( {
			...right,
			differs: Array.from( { length: 40 }, ( _none, at ) => `key_${ at }` ),
		} );

		expect( seen?.sentence ).toContain( 'key_5, …' );
		expect( seen?.sentence ).not.toContain( 'key_6' );
	} );
} );
