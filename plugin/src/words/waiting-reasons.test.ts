import { expect, test } from '@jest/globals';
import type { WaitingReason } from '@email-gateway/shared';
import { seenWords } from './seen.ts';
import { waitingWords } from './waiting-reasons.ts';

const dead: WaitingReason = {
	...{ cause: 'wrong_credentials', whose: 'login', passes: false, stands: false, reply: '535 5.7.8 no' },
	...{ route: null, count: 12, since: 1_000_000, lastAt: 1_000_000, looks: 1 },
};

test( 'what waits says how many, why, whose turn it is and what to do', () => {
	expect( waitingWords( dead ) ).toMatch(
		/^12 messages wait: The provider refused the login.* The owner of the provider account can fix this\. Correct User Name.* Then press Reinstall Email Gateway: what waits is delivered\.$/
	);
} );

test.each( [
	[ { name: 'Shop', smtpServer: 'smtp.a.test' }, 'the account “Shop” at smtp.a.test', 'Email Gateway → Accounts' ],
	[ { name: null, smtpServer: 'smtp.a.test' }, 'a separate account at smtp.a.test', 'Press Change Route' ],
	[ null, 'an account that you are not shown', 'An administrator can correct it' ],
] )( 'a refused login of a route is not explained as the gateway’s: %j', ( account, which, todo ) => {
	const words = waitingWords( { ...dead, route: { uid: 1001, user: 'shop', account } } );
	expect( words ).toContain( `It is mail of the user shop, whose route has ${ which }.` );
	expect( words ).toContain( todo );
	expect( words ).not.toMatch( /Correct User Name|Reinstall/ );
} );

test( 'what passes without anyone is not assigned', () => {
	const words = waitingWords( { ...dead, cause: 'greylisted', whose: 'receiver', passes: true, count: 1 } );
	expect( words ).toMatch( /^1 message waits: .*Nothing to do: the server keeps trying\.$/ );
	expect( words ).not.toContain( 'can fix this' );
} );

test( 'an answer that has been the same for long is no longer “nothing to do”', () => {
	const since = { since: 1_000_000, lastAt: 1_000_000 + 7 * 3600, looks: 9 };
	const words = waitingWords( {
		...{ ...dead, ...since, cause: 'provider_in_trouble', whose: 'provider', passes: false, stands: true },
		reply: '451 4.3.0 <b>busy</b>',
	} );
	expect( words ).toContain( 'Only the provider can fix this. The answer has been the same for 7 hours' );
	expect( words ).toMatch( /The reply: 451 4\.3\.0 <b>busy<\/b>$/ );
	expect( words ).not.toContain( 'Nothing to do' );
} );

test( 'each reason is told below the number of what waits', () => {
	const seen = {
		running: true,
		enabled: true,
		waiting: 12,
		stuck: 12,
		kept: 0,
		oldestS: null,
		oldWaiting: 0,
		room: [],
		clock: null,
		phpAround: [],
	};
	const at = '2026-11-29T12:00:00Z';
	const sentences = seenWords( { ...seen, reasons: [ dead ], open: [], differs: [], others: [] }, at );
	expect( sentences.slice( 1 ) ).toEqual( [
		{ tone: 'quiet', sentence: '12 messages wait in the queue.' },
		{ tone: 'bad', sentence: waitingWords( dead ) },
	] );
	const later = { ...dead, passes: true };
	expect( seenWords( { ...seen, reasons: [ later ], open: [], differs: [], others: [] }, at ).at( -1 )?.tone ).toBe(
		'quiet'
	);
} );
