import { describe, expect, test } from '@jest/globals';
import type { FileSystem, Observation } from '@email-gateway/shared';
import { seenWords } from './seen.ts';

const at = '2026-11-29T12:00:00Z';
const right: Observation = {
	...{ running: true, enabled: true, waiting: 0, stuck: 0, kept: 0, oldestS: null, reasons: [], oldWaiting: 0 },
	...{ open: [], differs: [], others: [], room: [], clock: null, phpAround: [] },
};

const spool: FileSystem = {
	...{ of: 'queue', folder: '/var/spool/postfix', freeBytes: 200_000_000, freeFiles: 9000 },
	...{ lacks: null, refusesBelowBytes: 39_000_000 },
};

describe( 'what was seen of a gateway', () => {
	test( 'is good where nothing is wrong', () => {
		expect( seenWords( right, at ) ).toEqual( [
			{ tone: 'good', sentence: 'Postfix is running, and the server is as it was installed.' },
		] );
	} );

	test.each( [
		[ { running: false, enabled: false }, /is not running.*Press Reinstall Email Gateway to start it/ ],
		[ { enabled: false }, /does not start with the server/ ],
		[ { open: [ '0.0.0.0:25' ] }, /listens on 0\.0\.0\.0:25, where others can reach it\. Press Reinstall/ ],
		[
			{ open: [ '[::1]:2525', '127.0.0.1:2525', '[::ffff:7f00:1]:25' ] },
			/^Postfix also listens on \[::1\]:2525, 127\.0\.0\.1:2525, \[::ffff:7f00:1\]:25, which only this server can/,
		],
		[
			{ exposed: [ '/etc/postfix/gateway-3/sasl_passwd' ] },
			/^Others on this server could read a password: \/etc\/postfix\/gateway-3\/sasl_passwd\. Change it at the provider/,
		],
		[ { differs: [ 'relayhost', 'master.cf smtp/unix' ] }, /: relayhost, master\.cf smtp\/unix\./ ],
		[
			{ phpAround: [ { program: '/usr/bin/msmtp', file: '/etc/php/8.2/fpm/php.ini' } ] },
			/with \/usr\/bin\/msmtp.*Delete the line sendmail_path in \/etc\/php\/8\.2\/fpm\/php\.ini/,
		],
		[
			{ phpAround: [ { program: null, file: '/etc/php/8.2/fpm/pool.d/www.conf' } ] },
			/may not send mail: disable_functions in \/etc\/php\/8\.2\/fpm\/pool\.d\/www\.conf/,
		],
		[
			{
				room: [
					{ ...spool, lacks: null },
					{ ...spool, freeBytes: 1_234_567_890, lacks: 'space' },
				],
			},
			/^Only 1,234 MB are left for mail in \/var\/spool\/postfix\. Below 39 MB Postfix refuses.*Delete/,
		],
		[ { room: [ { ...spool, freeBytes: 38_000_000, lacks: 'space' } ] }, /^Only 38 MB .*, so Postfix refuses/ ],
		[ { room: [ { ...spool, freeFiles: 12, lacks: 'files' } ] }, /room for only 12 more files \(inodes\)/ ],
		[ { room: [ { ...spool, of: 'log', lacks: 'space' } ] }, /for the mail log in .* mail still goes out/ ],
		[ { clock: { aheadS: 725, isWrong: true } }, /is 12 minutes fast, .*“timedatectl set-ntp true” on the server/ ],
		[ { clock: { aheadS: -86_400, isWrong: true } }, /is 24 hours slow, / ],
	] as [ Partial< Observation >, RegExp ][] )( 'is bad, with what to do, for %j', ( change, sentence ) => {
		expect( seenWords( { ...right, ...change }, at ) ).toEqual( [
			{ tone: 'bad', sentence: expect.stringMatching( sentence ) },
		] );
	} );

	test( 'tells what waits, and what others keep there, whatever else is', () => {
		const more = { differs: null, waiting: 2, oldWaiting: 1, others: [ '/etc/postfix/mine' ] };
		const sentences = seenWords( { ...right, ...more }, at );

		expect( sentences.map( ( { tone } ) => tone ) ).toEqual( [ 'quiet', 'quiet', 'quiet' ] );
		expect( sentences.map( ( { sentence } ) => sentence ).join( ' ' ) ).toMatch(
			/^2 messages wait.*1 message is kept.*Remove Email Gateway.*through the gateway.*\/etc\/postfix\/mine\.$/
		);
	} );

	test.each( [
		[ 1, 60, /^1 message waits in the queue, since \d\d?:\d\d.*\.$/ ],
		[ 12, 7200, /^12 messages wait in the queue, the oldest since \d\d?:\d\d.*\.$/ ],
		[ 12, 3 * 86_400, /^12 messages wait in the queue, the oldest since Nov 2[67], 2026, \d.*\.$/ ],
		[ 12, null, /^12 messages wait in the queue\.$/ ],
	] )( 'tells of %d messages since when they wait: %s s', ( waiting, oldestS, sentence ) => {
		const seen = seenWords( { ...right, waiting, oldestS }, at );
		expect( seen.at( -1 ) ).toEqual( { tone: 'quiet', sentence: expect.stringMatching( sentence ) } );
	} );

	test( 'tells what a pause, a cap or the sandbox keeps apart from what waits', () => {
		const told = ( waiting: number, kept: number ) =>
			seenWords( { ...right, waiting, kept }, at )
				.slice( 1 )
				.map( ( { sentence } ) => sentence );
		const keeps = '3 messages are kept in the queue by a pause, a cap or the sandbox.';
		expect( told( 5, 3 ) ).toEqual( [ '2 messages wait in the queue.', keeps ] );
		expect( told( 3, 3 ) ).toEqual( [ keeps ] );
	} );

	test( 'tells loopback from what others reach, and names the one button once, last', () => {
		const found = { open: [ '127.0.0.1:2525', '[::]:2525', '10.0.0.7:2525' ], differs: [ '2525/inet' ] };
		const sentences = seenWords( { ...right, ...found }, at, true ).map( ( { sentence } ) => sentence );

		expect( sentences[ 0 ] ).toBe( 'Postfix listens on [::]:2525, 10.0.0.7:2525, where others can reach it.' );
		expect( sentences[ 1 ] ).toBe( 'Postfix also listens on 127.0.0.1:2525, which only this server can reach.' );
		expect( sentences[ 2 ] ).toMatch( /: 2525\/inet\. .* Press Repair… to see what would be set back, and/ );
		expect( sentences.join( ' ' ) ).not.toContain( 'Press Reinstall' );
	} );

	test( 'shows no endless list', () => {
		const differs = Array.from( { length: 40 }, ( _none, nth ) => `key_${ nth }` );
		const [ seen ] = seenWords( { ...right, differs }, at );

		expect( seen?.sentence ).toContain( 'key_5, …' );
		expect( seen?.sentence ).not.toContain( 'key_6' );
	} );
} );
