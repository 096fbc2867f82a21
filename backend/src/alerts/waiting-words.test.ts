import { describe, expect, test } from '@jest/globals';
import { causes, whose, type AlertReason } from '@email-gateway/shared';
import { waitingText } from './waiting-words.ts';

const dead: AlertReason = { cause: 'account_suspended', whose: 'account', passes: false, count: 12 };

describe( 'an alert of waiting mail', () => {
	test( 'says how many wait, why, whose turn it is and what to do', () => {
		expect( waitingText( 'web1.example.org', [ dead ] ) ).toBe(
			'12 messages wait on web1.example.org. Nothing is lost. The provider takes no mail of this account: a limit, ' +
				'its plan or a block. Next step: the owner of the account at the provider. Sign in at the provider and mend ' +
				'what it says there. Then press Deliver Waiting Mail.'
		);
	} );

	test( 'what passes by itself is for nobody', () => {
		const text = waitingText( 'web1.example.org', [ { ...dead, cause: 'too_fast', passes: true, count: 1 } ] );
		expect( text ).toMatch( /^1 message waits on .* The server keeps trying\. If it stays so, open the server/ );
		expect( text ).not.toContain( 'Next step' );
	} );

	test( 'tells of the first of several reasons, and that there are more', () => {
		const more = { ...dead, cause: 'wrong_credentials', whose: 'login', count: 3 } as const;
		expect( waitingText( 'web1.example.org', [ dead, more ] ) ).toMatch( /^12 .* More waits for other reasons\.$/ );
	} );

	test( 'of what nobody can read it guesses nothing', () => {
		const text = waitingText( 'web1.example.org', [ { ...dead, cause: 'unknown', whose: null, passes: null } ] );
		expect( text ).toContain( 'only its words say why. Open the server to read them.' );
	} );

	test( 'without a reason it sends to the screen', () => {
		expect( waitingText( 'web1.example.org', [] ) ).toContain( 'Open the server to see why' );
	} );

	test( 'names no code, whoever it is for', () => {
		for ( const one of whose.options ) {
			const text = waitingText( 'web1.example.org', [ { ...dead, whose: one } ] );
			expect( causes.filter( ( cause ) => cause.includes( '_' ) && text.includes( cause ) ) ).toEqual( [] );
			expect( text ).toMatch( /Next step: .*\. Then press Deliver Waiting Mail\.$/ );
		}
	} );
} );
