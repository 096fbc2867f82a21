import { describe, expect, test } from '@jest/globals';
import { causes, whose, type AlertReason } from '@email-gateway/shared';
import { waitingText } from './waiting-words.ts';

const dead: AlertReason = { cause: 'account_suspended', whose: 'account', passes: false, count: 12, route: null };

describe( 'an alert of waiting mail', () => {
	test( 'says how many wait, why, who can fix it and how', () => {
		expect( waitingText( 'web1.example.org', [ dead ] ) ).toBe(
			'12 messages wait on web1.example.org. Nothing is lost. The provider accepts no mail from this account: a ' +
				'limit, its plan or a block. The owner of the provider account can fix this. Sign in at the provider and ' +
				'follow what it says there. Then press Deliver Waiting Mail.'
		);
	} );

	test( 'names whose route it is, and where its account is corrected', () => {
		const text = ( isSaved: boolean ) =>
			waitingText( 'web1.example.org', [
				{ ...dead, cause: 'wrong_credentials', whose: 'login', route: { user: 'shop', isSaved } },
			] );
		expect( text( true ) ).toBe(
			'12 messages of the user shop, whose mail leaves by a route of its own, wait on web1.example.org. Nothing is lost. ' +
				'The provider refuses the login. The account of its route is a saved one: type its new password under ' +
				'Settings → Email Gateway → Accounts, then press Update Servers. What waits is delivered.'
		);
		expect( text( false ) ).toContain( 'Press Change Route at that user on the screen of the server' );
	} );

	test( 'what passes without anyone is not assigned', () => {
		const text = waitingText( 'web1.example.org', [ { ...dead, cause: 'too_fast', passes: true, count: 1 } ] );
		expect( text ).toMatch( /^1 message waits on .* The server keeps trying\. If this continues, open the server/ );
		expect( text ).not.toContain( 'fix this' );
	} );

	test( 'says for how long the oldest has waited, where that is known', () => {
		expect( waitingText( 'web1.example.org', [ dead ], 1200 ) ).toMatch(
			/^12 messages wait on web1\.example\.org\. The oldest has waited for 20 minutes\. Nothing is lost\./
		);
		expect( waitingText( 'web1.example.org', [], 86_400 * 3 ) ).toContain( 'for 3 days. Nothing is lost.' );
	} );

	test( 'tells of the first of several reasons, and that there are more', () => {
		const more = { ...dead, cause: 'wrong_credentials', whose: 'login', count: 3 } as const;
		expect( waitingText( 'web1.example.org', [ dead, more ] ) ).toMatch( /^12 .* More waits for other reasons\.$/ );
	} );

	test( 'of what nobody can read it guesses nothing', () => {
		const text = waitingText( 'web1.example.org', [ { ...dead, cause: 'unknown', whose: null, passes: null } ] );
		expect( text ).toContain( 'only its own words say why. Open the server to read them.' );
	} );

	test( 'without a reason it sends to the screen', () => {
		expect( waitingText( 'web1.example.org', [] ) ).toContain( 'Open the server to see why' );
	} );

	test( 'names no code, whoever it is for', () => {
		for ( const one of whose.options ) {
			const text = waitingText( 'web1.example.org', [ { ...dead, whose: one } ] );
			expect( causes.filter( ( cause ) => cause.includes( '_' ) && text.includes( cause ) ) ).toEqual( [] );
			// a login is saved, and what waits delivered, by another button
			const button =
				one === 'login' ? 'Reinstall Email Gateway: what waits is delivered' : 'Deliver Waiting Mail';
			expect( text ).toMatch( new RegExp( `can( fix this)?.*\\. Then press ${ button }\\.$` ) );
		}
	} );
} );
